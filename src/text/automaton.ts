import { packNumbers, unpackNumbers } from './packing.ts';

/**
 * A token trie in a form that JSON can hold. Nodes are numbered breadth first, so the edge with number n leads to node
 * n + 2 (two roots come first), and only the number of edges of each node has to be told.
 */
export interface TrieData {
  readonly nodes: number;
  /** For each node how many edges leave it. */
  readonly fanOut: string;
  /** For each edge its label, as the difference to the one before it at the same node. */
  readonly labels: string;
  /** For each node 0, or 1 + the index of its output list. */
  readonly outputs: string;
}

/** A token trie ready for walking: the edges of a node are `from[node]` up to `from[node + 1]`, sorted by label. */
export interface Trie {
  readonly from: Int32Array;
  readonly label: Int32Array;
  /** For each node 0, or 1 + the index of its output list. */
  readonly output: Int32Array;
}

/** Root of context words and classes. */
export const CUE_ROOT = 0;
/** Root of terms. */
export const TERM_ROOT = 1;
const ROOTS = 2;

/** A trie that still grows. Labels are whole numbers. */
export interface TrieBuilder {
  /** Adds a path and puts an output at its end. Adding the same again changes nothing. */
  readonly add: (root: number, labels: readonly number[], output: number) => void;
  /** Writes the trie; `relabel` gives each label its final number, from 0. */
  readonly build: (relabel: (label: number) => number) => {
    readonly trie: TrieData;
    readonly outputs: readonly (readonly number[])[];
  };
}

interface Node {
  readonly edges: Map<number, Node>;
  outputs?: Set<number>;
}

/** Starts an empty trie with its two roots. */
export function buildTrie(): TrieBuilder {
  const roots: readonly Node[] = [{ edges: new Map() }, { edges: new Map() }];
  return {
    add: (root, labels, output) => {
      let node = roots[root];
      for (const label of labels) {
        let next = node?.edges.get(label);
        if (next === undefined) {
          next = { edges: new Map() };
          node?.edges.set(label, next);
        }
        node = next;
      }
      if (node === undefined) return;
      node.outputs ??= new Set();
      node.outputs.add(output);
    },
    build: (relabel) => writeTrie(roots, relabel),
  };
}

function writeTrie(roots: readonly Node[], relabel: (label: number) => number): ReturnType<TrieBuilder['build']> {
  const lists: (readonly number[])[] = [];
  const listIndex = new Map<string, number>();
  const queue: Node[] = [...roots];
  const fanOut: number[] = [];
  const labels: number[] = [];
  const outputs: number[] = [];
  for (let at = 0; at < queue.length; at += 1) {
    const node = queue[at];
    if (node === undefined) continue;
    const edges = [...node.edges].map(([label, next]) => [relabel(label), next] as const).sort(([a], [b]) => a - b);
    let before = 0;
    for (const [label, next] of edges) {
      labels.push(label - before);
      before = label;
      queue.push(next);
    }
    fanOut.push(edges.length);
    if (node.outputs === undefined) {
      outputs.push(0);
      continue;
    }
    const list = [...node.outputs].sort((a, b) => a - b);
    const key = list.join();
    let index = listIndex.get(key);
    if (index === undefined) {
      index = lists.length;
      lists.push(list);
      listIndex.set(key, index);
    }
    outputs.push(index + 1);
  }
  return {
    trie: {
      nodes: queue.length,
      fanOut: packNumbers(fanOut),
      labels: packNumbers(labels),
      outputs: packNumbers(outputs),
    },
    outputs: lists,
  };
}

/** Makes a stored trie ready for walking. */
export function loadTrie(data: TrieData): Trie {
  const fanOut = unpackNumbers(data.fanOut, data.nodes);
  const label = unpackNumbers(data.labels, data.nodes - ROOTS);
  const from = new Int32Array(data.nodes + 1);
  for (let node = 0; node < data.nodes; node += 1) {
    const start = from[node] ?? 0;
    const end = start + (fanOut[node] ?? 0);
    from[node + 1] = end;
    for (let edge = start + 1; edge < end; edge += 1) label[edge] = (label[edge] ?? 0) + (label[edge - 1] ?? 0);
  }
  return { from, label, output: unpackNumbers(data.outputs, data.nodes) };
}

/** The node that an edge leads to. */
export function target(edge: number): number {
  return edge + ROOTS;
}

/**
 * Follows the edge with a label.
 *
 * @param trie - the trie
 * @param node - where to start
 * @param label - vocabulary id
 * @returns the next node, or 0 when there is none
 */
export function follow(trie: Trie, node: number, label: number): number {
  let low = trie.from[node] ?? 0;
  let high = (trie.from[node + 1] ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = trie.label[middle] ?? 0;
    if (found === label) return target(middle);
    if (found < label) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}
