/**
 * The wire form of a type: what stands in JSON, and what validators judge. A Date is a text or a number there, a bigint a number or a
 * text, a Uint8Array a text.
 */
export type Wire<T> = T extends Date
  ? string | number
  : T extends bigint
    ? number | string
    : T extends Uint8Array
      ? string
      : T extends Blob | ((...values: never[]) => unknown)
        ? T
        : T extends object
          ? { [Key in keyof T]: Wire<T[Key]> }
          : T;
