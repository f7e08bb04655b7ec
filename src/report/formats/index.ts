import type { Format } from '../format.ts';
import { csvFormat } from './csv.ts';
import { csvAssociationsFormat } from './csv-associations.ts';
import { githubFormat } from './github.ts';
import { gitlabFormat } from './gitlab.ts';
import { jsonFormat } from './json.ts';
import { junitFormat } from './junit.ts';
import { markdownFormat } from './markdown.ts';
import { openmetricsFormat } from './openmetrics.ts';
import { sarifFormat } from './sarif.ts';
import { textFormat } from './text.ts';

/** Every output format by the name it has on the command line. */
export const FORMATS: Readonly<Record<string, Format>> = {
  text: textFormat,
  json: jsonFormat,
  sarif: sarifFormat,
  junit: junitFormat,
  github: githubFormat,
  gitlab: gitlabFormat,
  markdown: markdownFormat,
  csv: csvFormat,
  'csv-associations': csvAssociationsFormat,
  openmetrics: openmetricsFormat,
};
