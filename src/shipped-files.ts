import { fileURLToPath } from 'node:url';

/** Folder of the shipped rule packs. The path is the same from `src/` and from `dist/`. */
export const PACKS_FOLDER: string = fileURLToPath(new URL('../rules/packs/', import.meta.url));

/** Folder of the shipped lexicons. */
export const LEXICONS_FOLDER: string = fileURLToPath(new URL('../rules/lexicons/', import.meta.url));

/** The shipped list of raw inputs. */
export const RAW_INPUTS_FILE: string = fileURLToPath(new URL('../rules/raw-inputs.yaml', import.meta.url));

/** Files that the build makes. */
export const BUILT_LEXICONS: string = fileURLToPath(new URL('../dist/lexicons.json.gz', import.meta.url));

/** How often shipped rules fire where they should not, as the build measured it. */
export const FALSE_ALARMS_FILE: string = fileURLToPath(new URL('../dist/false-alarms.json', import.meta.url));

/** The package's own manifest. */
export const PACKAGE_FILE: string = fileURLToPath(new URL('../package.json', import.meta.url));
