/** How the type of an answer follows from a value of the request. All of it is types; nothing is left of it at run time. */
import type { ApiCall } from "./call.js";

/**
 * An ApiCall whose bodies are as the values `Told` in the request have them; without such values, an ApiCall. `Selections` is
 * the generated interface of that name.
 */
export type SelectedCall<Operations, Selections, Id extends keyof Operations, Told> = ApiCall<
  Selected<Operations, Selections, Id, Told>,
  Id & keyof Selected<Operations, Selections, Id, Told>
>;

/** The values that may stand at a path of a body; `undefined` where there may be none. */
export type ValueAt<Body, Path> = Path extends readonly [infer Name, ...infer Rest]
  ? Body extends unknown
    ? Name extends keyof Body
      ? ValueAt<Body[Name], Rest>
      : undefined
    : never
  : Body;

/**
 * A body from which the compiler reads off the values that tell something, and which it then holds to them: `Told` are these
 * values, each at its place, such as `{ query: { kind: Kind } }`.
 */
export type TellingBody<Body, Paths, Told> = Places<Paths, Told> & Held<Body, Paths, Told>;

/** One operation of them, with its bodies as the values `Told` in its request have them. */
export type SelectedFor<Operations, Selections, Id extends keyof Operations, Told> = unknown extends Told
  ? Operations[Id]
  : SelectedOperation<Operations[Id], Selections[Id & keyof Selections], Told>;

/** The interface of operations, with the bodies of one of them as the values `Told` in its request have them. */
export type Selected<Operations, Selections, Id extends keyof Operations, Told> = unknown extends Told
  ? Operations
  : { [One in Id]: SelectedOperation<Operations[One], Selections[One & keyof Selections], Told> };

type Places<Paths, Told> = Paths extends readonly [infer Path, ...infer Rest]
  ? Place<Path, ValueAt<Told, Path>> & Places<Rest, Told>
  : unknown;

type Place<Path, Value> = Path extends readonly [infer Name extends string, ...infer Rest]
  ? { [N in Name]?: Rest extends readonly [] ? Value : Place<Rest, Value> | null }
  : Value;

type Held<Body, Paths, Told> = Paths extends readonly [infer Path, ...infer Rest]
  ? Held<HeldAt<Body, Path, ValueAt<Told, Path>>, Rest, Told>
  : Body;

type HeldAt<Body, Path, Value> = Path extends readonly [infer Name, ...infer Rest]
  ? Rest extends readonly []
    ? MembersFor<Body, Name, Value>
    : Body extends object
      ? { [N in keyof Body]: N extends Name ? HeldAt<Body[N], Rest, Value> : Body[N] }
      : Body
  : Body;

// Of a union, the members that are made for a value; for a value without such, all of them.
type MembersFor<Union, Name, Value> = [Value] extends [never]
  ? Union
  : Value extends unknown
    ? [MadeFor<Union, Name, Value>] extends [never]
      ? Union
      : MadeFor<Union, Name, Value>
    : never;

type MadeFor<Union, Name, Value> =
  IsWide<Value> extends true
    ? never
    : Union extends unknown
      ? Name extends keyof Union
        ? IsWide<Union[Name]> extends true
          ? never
          : Value extends Union[Name]
            ? Union
            : never
        : never
      : never;

type IsWide<Value> = string extends Value ? true : number extends Value ? true : false;

type SelectedOperation<Operation, S, Told> = {
  [Member in keyof Operation]: Member extends "responses"
    ? S extends { responses: infer R }
      ? SelectedResponses<Operation[Member], R, Told>
      : Operation[Member]
    : Operation[Member];
};

type SelectedResponses<Responses, S, Told> = {
  [
    Status in keyof Responses as Status extends keyof S
      ? [BodyOf<SelectedResponse<Responses[Status], S[Status], Told>>] extends [never]
        ? never
        : Status
      : Status
  ]: Status extends keyof S ? SelectedResponse<Responses[Status], S[Status], Told> : Responses[Status];
};

type BodyOf<Response> = Response extends { content: infer C } ? C[keyof C] : unknown;

type SelectedResponse<Response, S, Told> = {
  [Member in keyof Response]: Member extends "content"
    ? {
        [MediaType in keyof Response[Member]]: MediaType extends keyof S
          ? ChoiceFor<S[MediaType], Told>
          : Response[Member][MediaType];
      }
    : Response[Member];
};

type ChoiceFor<Choice, Told> = Choice extends { by: infer Path }
  ? ChosenBy<Choice, ValueAt<Told, Path>>
  : never;

// `undefined` is among the values only when the request says nothing: then they are all that could stand there.
type ChosenBy<Choice, Value> = undefined extends Value
  ? Choice extends { absent: infer Body }
    ? Body
    : AnyOf<Choice>
  : ChosenFor<Choice, Value>;

type ChosenFor<Choice, Value> = Value extends unknown
  ? IsWide<Value> extends true
    ? AnyOf<Choice>
    : Choice extends { mapping: infer M; default: infer D }
      ? KeyOf<Value> extends keyof M
        ? M[KeyOf<Value> & keyof M]
        : D
      : never
  : never;

type AnyOf<Choice> = Choice extends { mapping: infer M; default: infer D } ? M[keyof M] | D : never;
type KeyOf<Value> = Value extends string | number | boolean | null ? `${Value}` : never;
