/**
 * The markers that openapi-typescript writes into `paths` of its own when it is asked for `readWriteMarkers`: what is read alone is
 * `$Read`, what is written alone `$Write`. Our `paths` have none, and do not pay for them.
 */

/** A body of an answer: without what is written alone, and what is read alone as it is. */
export type Readable<T> =
  T extends Marker<"$write">
    ? never
    : T extends { readonly $read: infer U }
      ? Readable<U>
      : T extends (infer Item)[]
        ? Readable<Item>[]
        : T extends Fixed
          ? T
          : T extends object
            ? { [K in keyof T as NonNullable<T[K]> extends Marker<"$write"> ? never : K]: Readable<T[K]> }
            : T;

/** A body of a request: without what is read alone, and what is written alone as it is. */
export type Writable<T> =
  T extends Marker<"$read">
    ? never
    : T extends { readonly $write: infer U }
      ? Writable<U>
      : T extends (infer Item)[]
        ? Writable<Item>[]
        : T extends Fixed
          ? T
          : T extends object
            ? { [K in keyof T as NonNullable<T[K]> extends Marker<"$read"> ? never : K]: Writable<T[K]> } & {
                [K in keyof T as NonNullable<T[K]> extends Marker<"$read"> ? K : never]?: never;
              }
            : T;

/** What has no members of its own that a document could mark: methods of a Blob or a Date. */
type Fixed = (...parts: never) => unknown;

type Marker<Name extends string> = { readonly [N in Name]: unknown };

/** Whether `paths` are others than those of the document, which may have markers. */
export type MayBeMarked<Paths, Own> =
  (<T>() => T extends Paths ? 1 : 2) extends <T>() => T extends Own ? 1 : 2 ? false : true;
