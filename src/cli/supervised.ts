/** Entry of the process that does the work, while the one that started it hears the signals; see `supervise.ts`. */
import { EXIT } from './exit.ts';
import { main } from './main.ts';

// Whoever kills the parent means this process as well.
process.once('disconnect', () => process.exit(EXIT.terminated));
process.channel?.unref();
await main(process.argv.slice(2));
