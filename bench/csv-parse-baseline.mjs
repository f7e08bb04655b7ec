/** The same tables as the audit's, counted by hand: csv-parse streams the rows into JavaScript maps. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

const [, , assignments, traits] = process.argv;
const start = performance.now();
const panel = new Map();
let columns = [];
for await (const row of createReadStream(traits).pipe(parse())) {
  if (columns.length === 0) columns = row.slice(1);
  else panel.set(row[0], row.slice(1));
}
const members = new Map();
const cells = new Map();
let isHeader = true;
for await (const [user, segment] of createReadStream(assignments).pipe(parse())) {
  if (isHeader) {
    isHeader = false;
    continue;
  }
  if (!members.has(segment)) members.set(segment, new Set());
  const users = members.get(segment);
  if (users.has(user)) continue;
  users.add(user);
  for (const [index, value] of (panel.get(user) ?? []).entries()) {
    const key = `${segment}\n${columns[index]}\n${value}`;
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }
}
console.log(`${cells.size} cells, ${((performance.now() - start) / 1000).toFixed(2)} s`);
console.log('PEAK', process.resourceUsage().maxRSS / 1024);
