/** Entry for runtimes that read files: prints one `name hash` line per section. */
import { readFileSync } from 'node:fs';
import { computeSections } from './sections.ts';

const [path] = process.argv.slice(2);
for (const [name, hash] of computeSections(readFileSync(path!, 'utf8'))) console.log(`${name} ${hash}`);
