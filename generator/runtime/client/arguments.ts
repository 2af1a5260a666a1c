/** From an operation of the generated `operations` interface to what it is called with. */

/** The request body: of any of its media types. */
export type BodyOf<Operation> = Operation extends { requestBody?: { content: infer C } } ? C[keyof C] : never;

/** The parameters of one location, as an object; `{}` when there are none. */
export type ParametersIn<
  Operation,
  Location extends "path" | "query" | "header" | "cookie",
> = Operation extends {
  parameters: { [L in Location]?: infer P };
}
  ? [P & {}] extends [never]
    ? {}
    : P & {}
  : {};

/** The parameters of query, header and cookie by name, in one object. */
export type NamedParametersOf<Operation> = Merged<
  ParametersIn<Operation, "query"> & ParametersIn<Operation, "header"> & ParametersIn<Operation, "cookie">
>;

/** The parameters by location, for operations in which names meet. */
export type LocatedParametersOf<Operation> = Merged<
  LocationMember<Operation, "query"> &
    LocationMember<Operation, "header"> &
    LocationMember<Operation, "cookie">
>;

/** A body of one of several media types; the first of the document, `Default`, need not be named. */
export type ContentOf<Operation, Default> = Operation extends { requestBody?: infer B }
  ? B & {} extends { content: infer C }
    ? { [M in keyof C]: { readonly body: C[M] } & ContentTypeMember<M, Default> }[keyof C]
    : never
  : never;

/** One member of a request object, by location: required when something in it is. */
export type LocationMember<Operation, Location extends "path" | "query" | "header" | "cookie"> = MemberOf<
  Location,
  ParametersIn<Operation, Location>
>;

/** A member that is optional when its value could be `{}`, and not there at all when it could only be that. */
export type MemberOf<Name extends string, Value> = [keyof Value] extends [never]
  ? {}
  : {} extends Value
    ? { readonly [N in Name]?: Value | undefined }
    : { readonly [N in Name]: Value };

/** An intersection as one object, which reads better in an editor. */
export type Merged<T> = { [Key in keyof T]: T[Key] };

type ContentTypeMember<MediaType, Default> = MediaType extends Default
  ? { readonly contentType?: MediaType | undefined }
  : { readonly contentType: MediaType };
