/** Stands for a segment in findings about the export as a whole; begins like the ids of pseudo-segments, so it meets no segment of the export. */
export const EXPORT_SEGMENT = 'traitleak:export';

/** Stands for a trait in findings that are about people being singled out, whatever their traits. */
export const IDENTIFIABILITY = 'identifiability';
