import type { Shape } from "../operation.js";
import type { Validator } from "./validator.js";

/** What the server checks and decodes by, for one parameter or one form body. */
export interface ValueContract {
  readonly validate: Validator;
  /** What text is decoded to. Absent for JSON and other documents, which carry their types. */
  readonly shape?: Shape;
  /** The value when the parameter is absent; for parameters with a `default`. */
  readonly default?: unknown;
}

/** The compiled checks of one operation. `operation-validators.ts` of the output exports one for each, by the operation's name. */
export interface OperationValidators {
  readonly path?: { readonly [name: string]: ValueContract };
  readonly query?: { readonly [name: string]: ValueContract };
  readonly header?: { readonly [name: string]: ValueContract };
  readonly cookie?: { readonly [name: string]: ValueContract };
  /** By media type, as in the descriptor. A media type without a schema has no entry. */
  readonly body?: { readonly [mediaType: string]: ValueContract };
  /** By status key, as in the descriptor. */
  readonly responses?: {
    readonly [status: string]: {
      readonly body?: { readonly [mediaType: string]: ValueContract };
      readonly headers?: { readonly [name: string]: ValueContract };
    };
  };
}
