import { installTools } from './tools.ts';

/** Before `npm test`: nothing is skipped silently, so what the tests need is there or the run stops here. */
const missing = installTools();
for (const line of missing) console.error(line);
if (missing.length > 0) process.exit(1);
