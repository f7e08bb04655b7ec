import type { Format } from '../format.ts';

/** Every output format by the name it has on the command line; its code is loaded when it is asked for. */
export const FORMATS: Readonly<Record<string, () => Promise<Format>>> = {
  text: async () => (await import('./text.ts')).textFormat,
  json: async () => (await import('./json.ts')).jsonFormat,
  sarif: async () => (await import('./sarif.ts')).sarifFormat,
  junit: async () => (await import('./junit.ts')).junitFormat,
  github: async () => (await import('./github.ts')).githubFormat,
  gitlab: async () => (await import('./gitlab.ts')).gitlabFormat,
  markdown: async () => (await import('./markdown.ts')).markdownFormat,
  'markdown-report': async () => (await import('./markdown-report.ts')).markdownReportFormat,
  html: async () => (await import('./html.ts')).htmlFormat,
  csv: async () => (await import('./csv.ts')).csvFormat,
  'csv-associations': async () => (await import('./csv-associations.ts')).csvAssociationsFormat,
  openmetrics: async () => (await import('./openmetrics.ts')).openmetricsFormat,
};
