import type { Shape } from "../operation.js";
import type { Validator } from "./validator.js";

/** What the server checks and decodes by, for one parameter or one form body. */
export interface ValueContract {
  readonly validate: Validator;
  /** What text is decoded to. Absent for JSON and other documents, which carry their types. */
  readonly shape?: Shape;
  /** The value when the parameter is absent; for parameters with a `default`. */
  readonly default?: unknown;
  /** Of a body: its readOnly members, and those with a default. */
  readonly members?: MemberTraits;
}

/** What the members of a value are beyond what is checked. Those that have nothing to say are left out. */
export interface MemberTraits {
  readonly readOnly?: true;
  readonly default?: unknown;
  readonly properties?: { readonly [name: string]: MemberTraits };
  readonly items?: MemberTraits;
  /** Of the members that `properties` does not name. */
  readonly rest?: MemberTraits;
  /** In place of the three above: those of a named schema, which may hold itself. */
  readonly of?: () => MemberTraits;
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
