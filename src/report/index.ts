export { display } from './display.ts';
export { toHtml } from './to-html.ts';
export { type ToMarkdownOptions, toMarkdown } from './to-markdown.ts';
export { type ToSvgOptions, toSvg } from './to-svg.ts';
export { type ToTextOptions, toText } from './to-text.ts';
export { toVegaLite, type VegaLiteSpec } from './to-vega-lite.ts';
