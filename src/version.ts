/** Version written into records; equal to package.json, which a test checks. */
export const SYNTHPROOF_VERSION = '0.1.0';
