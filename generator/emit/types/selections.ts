import type { Operation, Selection } from "../../model/api-model.ts";
import { tellingPlaces } from "../../model/select.ts";
import { literalType } from "./literals.ts";
import { insideType, type Scope } from "./schema.ts";
import { objectOf, type Member, type ObjectType } from "./type.ts";

/** Operation ids to the bodies of their answers by a value in the request, where the document says how (`x-triad-select`). */
export function selectionsType(operations: readonly Operation[], scope: Scope): ObjectType {
  const selecting = operations.filter((operation) => tellingPlaces(operation).length > 0);
  return objectOf(
    selecting.map((operation, index) => ({
      name: operation.id,
      type: objectOf([
        { name: "by", type: literalType(tellingPlaces(operation)) },
        { name: "responses", type: objectOf(operation.responses.flatMap((response) => responseMember(response, scope))) },
      ]),
      apart: index > 0,
    })),
  );
}

function responseMember({ status, contents }: Operation["responses"][number], scope: Scope): Member[] {
  const members = contents.flatMap(({ mediaType, select }) =>
    select === undefined ? [] : [{ name: mediaType, type: selectionType(select, scope) }],
  );
  return members.length === 0 ? [] : [{ name: status, type: objectOf(members) }];
}

function selectionType(select: Selection, scope: Scope): ObjectType {
  const mapping = [...select.mapping].map(([value, schema]): Member => ({ name: value, type: insideType(schema, scope) }));
  const absent =
    select.absent === undefined
      ? []
      : [{ name: "absent", type: insideType(select.mapping.get(select.absent) ?? select.default, scope) }];
  return objectOf([
    { name: "by", type: literalType(select.by) },
    { name: "mapping", type: objectOf(mapping) },
    { name: "default", type: insideType(select.default, scope) },
    ...absent,
  ]);
}
