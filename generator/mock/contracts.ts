/** Model → what a server checks requests by: the schemas themselves, interpreted. Nothing is made before it is needed. */
import type { ApiModel, Content, Direction, Operation, Parameter } from "../model/api-model.ts";
import { bodySchema, bodyShape } from "../model/body-shape.ts";
import { kindOfEssence } from "../model/media-types.ts";
import { shapeOf } from "../model/shape.ts";
import { validate } from "../model/validate.ts";
import { isPureReference, referenced } from "../model/walk.ts";
import type { Json, Schema } from "../openapi/shapes.ts";
import type { OperationValidators, ValueContract } from "../runtime/validation/operation-validators.ts";
import { pointerOf } from "../runtime/validation/report.ts";
import type { ProblemList, Validator } from "../runtime/validation/validator.ts";
import { traitsOf } from "./members.ts";
import { placeOf } from "./place.ts";

/** Makes the validators of operations; those of one schema are one function, which tells the shapes of errors apart. */
export class Contracts {
  private readonly model: ApiModel;
  private readonly known = { request: new Map<Schema, Validator>(), response: new Map<Schema, Validator>() };

  constructor(model: ApiModel) {
    this.model = model;
  }

  /** The validators of an operation: what requests are read by at once, and its answers when somebody asks. */
  of(operation: Operation): OperationValidators {
    const places = ["path", "query", "header", "cookie"].map((place) => {
      const parameters = operation.parameters.filter(
        (one) => one.in === place || (place === "query" && one.in === "querystring"),
      );
      return [place, Object.fromEntries(parameters.map((one) => [one.name, this.parameter(one)]))] as const;
    });
    let body: OperationValidators["body"];
    let responses: OperationValidators["responses"];
    const make = {
      body: () => (body ??= this.contents(operation.body?.contents ?? [], "request")),
      responses: () =>
        (responses ??= Object.fromEntries(
          operation.responses.map(({ status, contents }) => [String(status), { body: this.contents(contents, "response") }]),
        )),
    };
    return Object.defineProperties(Object.fromEntries(places), {
      body: { get: make.body, enumerable: true },
      responses: { get: make.responses, enumerable: true },
    });
  }

  /** What checks a value of a schema. */
  validator(schema: Schema, direction: Direction): Validator {
    // A reference and nothing else is what it leads to.
    const target = typeof schema === "object" && isPureReference(schema) ? referenced(this.model, schema)?.schema : undefined;
    const key = target ?? schema;
    const before = this.known[direction].get(key);
    if (before !== undefined) return before;
    const { model } = this;
    const made: Validator = (value, problems: ProblemList | null, path) => {
      const found = validate(model, schema, value, { direction });
      if (found.length === 0 || problems === null) return found.length === 0;
      const above = pointerOf(path);
      for (const problem of found) {
        const place = placeOf(model, schema, problem);
        problems.push({ ...problem, pointer: above + problem.pointer, ...(place === undefined ? {} : { schema: place }) });
      }
      return false;
    };
    this.known[direction].set(key, made);
    return made;
  }

  private parameter(parameter: Parameter): ValueContract {
    const { required, schema, serialization } = parameter;
    const typed = serialization.kind === "content" && kindOfEssence(serialization.mediaType) === "json";
    const fallback = required ? undefined : this.defaultOf(schema);
    return {
      validate: this.validator(schema, "request"),
      ...(typed ? {} : { shape: shapeOf(this.model, schema) }),
      ...(fallback === undefined ? {} : { default: fallback }),
    };
  }

  private contents(contents: readonly Content[], direction: Direction): { readonly [mediaType: string]: ValueContract } {
    return Object.fromEntries(
      contents.flatMap((content): [string, ValueContract][] => {
        const schema = bodySchema(this.model, content);
        if (schema === undefined || schema === true) return [];
        const shape = bodyShape(this.model, content, schema);
        const members = direction === "request" ? traitsOf(this.model, schema) : undefined;
        return [
          [
            content.mediaType,
            {
              validate: this.validator(schema, direction),
              ...(shape === undefined ? {} : { shape }),
              ...(members === undefined ? {} : { members }),
            },
          ],
        ];
      }),
    );
  }

  private defaultOf(schema: Schema): Json | undefined {
    const seen = new Set<Schema>();
    for (
      let current: Schema | undefined = schema;
      typeof current === "object" && !seen.has(current);
      current = referenced(this.model, current)?.schema
    ) {
      if (current.default !== undefined) return current.default;
      seen.add(current);
    }
    return undefined;
  }
}
