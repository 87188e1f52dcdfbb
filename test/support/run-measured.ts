import { main } from '#src/cli/main.js';
import { peakMemory } from './peak-memory.js';

/** The program with its arguments; the last thing on standard error is the most memory that it held, in bytes. */
const code = await main(process.argv.slice(2));
process.stderr.write(`\n${peakMemory()}\n`, () => process.exit(code));
