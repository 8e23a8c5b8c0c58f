/** Numbers for pairs of whole numbers from 0: equal pairs, equal numbers, in order of first sight. */
export class PairNumbers {
  private heads: Int32Array;
  private tails: Int32Array;
  private slots: Int32Array;
  /** Number of distinct pairs seen. */
  size: number;

  constructor() {
    this.heads = new Int32Array(64);
    this.tails = new Int32Array(64);
    this.slots = new Int32Array(128).fill(-1);
    this.size = 0;
  }

  /** The pair's number; a new pair gets the next one, or -1 when the table is not to grow. */
  numberOf(head: number, tail: number, grow: boolean): number {
    const mask = this.slots.length - 1;
    let slot = place(head, tail) & mask;
    for (;;) {
      const known = this.slots[slot]!;
      if (known < 0) break;
      if (this.heads[known] === head && this.tails[known] === tail) return known;
      slot = (slot + 1) & mask;
    }
    if (!grow) return -1;
    const id = this.size++;
    this.slots[slot] = id;
    this.heads[id] = head;
    this.tails[id] = tail;
    if (this.size === this.heads.length) this.double();
    return id;
  }

  private double(): void {
    const capacity = 2 * this.heads.length;
    const heads = new Int32Array(capacity);
    const tails = new Int32Array(capacity);
    heads.set(this.heads);
    tails.set(this.tails);
    this.heads = heads;
    this.tails = tails;
    const mask = 2 * capacity - 1;
    this.slots = new Int32Array(2 * capacity).fill(-1);
    for (let id = 0; id < this.size; id++) {
      let slot = place(heads[id]!, tails[id]!) & mask;
      while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = id;
    }
  }
}

function place(head: number, tail: number): number {
  let h = Math.imul(head, 0x9e3779b1) ^ Math.imul(tail, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
  return h ^ (h >>> 13);
}
