/** A token trie in a form that JSON can hold: edges of a node are `from[node]`–`from[node+1]`, sorted by label. */
export interface TrieData {
  readonly from: string;
  readonly label: string;
  readonly to: string;
  /** For each node the index of its output list, or -1. */
  readonly output: string;
}

/** A token trie ready for walking. Node 0 is the root of cues, node 1 the root of terms. */
export interface Trie {
  readonly from: Int32Array;
  readonly label: Int32Array;
  readonly to: Int32Array;
  readonly output: Int32Array;
}

/** Root of context words and classes. */
export const CUE_ROOT = 0;
/** Root of terms. */
export const TERM_ROOT = 1;

function pack(numbers: readonly number[]): string {
  return Buffer.from(Int32Array.from(numbers).buffer).toString('base64');
}

function unpack(text: string): Int32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** A trie that still grows. Labels are vocabulary ids. */
export interface TrieBuilder {
  /** Adds a path and puts an output at its end. Adding the same again changes nothing. */
  readonly add: (root: number, labels: readonly number[], output: number) => void;
  /** Writes the trie; `relabel` gives each label its final number. */
  readonly build: (relabel: (label: number) => number) => {
    readonly trie: TrieData;
    readonly outputs: readonly (readonly number[])[];
  };
}

/** Starts an empty trie with its two roots. */
export function buildTrie(): TrieBuilder {
  const children: Map<number, number>[] = [new Map(), new Map()];
  const outputs: (Set<number> | undefined)[] = [undefined, undefined];
  return {
    add: (root, labels, output) => {
      let node = root;
      for (const label of labels) {
        let next = children[node]?.get(label);
        if (next === undefined) {
          next = children.length;
          children[node]?.set(label, next);
          children.push(new Map());
          outputs.push(undefined);
        }
        node = next;
      }
      const set = outputs[node] ?? new Set();
      set.add(output);
      outputs[node] = set;
    },
    build: (relabel) => {
      const lists: (readonly number[])[] = [];
      const listIndex = new Map<string, number>();
      const from: number[] = [0];
      const label: number[] = [];
      const to: number[] = [];
      const output = outputs.map((set) => {
        if (set === undefined) return -1;
        const list = [...set].sort((a, b) => a - b);
        const key = list.join();
        let index = listIndex.get(key);
        if (index === undefined) {
          index = lists.length;
          lists.push(list);
          listIndex.set(key, index);
        }
        return index;
      });
      for (const edges of children) {
        for (const [edge, next] of [...edges]
          .map(([edge, next]) => [relabel(edge), next] as const)
          .sort(([a], [b]) => a - b)) {
          label.push(edge);
          to.push(next);
        }
        from.push(label.length);
      }
      return { trie: { from: pack(from), label: pack(label), to: pack(to), output: pack(output) }, outputs: lists };
    },
  };
}

/** Makes a stored trie ready for walking. */
export function loadTrie(data: TrieData): Trie {
  return { from: unpack(data.from), label: unpack(data.label), to: unpack(data.to), output: unpack(data.output) };
}

/**
 * Follows one edge.
 *
 * @param trie - the trie
 * @param node - where to start
 * @param label - vocabulary id
 * @returns the next node, or -1
 */
export function follow(trie: Trie, node: number, label: number): number {
  let low = trie.from[node] ?? 0;
  let high = (trie.from[node + 1] ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = trie.label[middle] ?? 0;
    if (found === label) return trie.to[middle] ?? -1;
    if (found < label) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
