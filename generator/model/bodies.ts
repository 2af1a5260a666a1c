import type { MediaTypeObject, RequestBodyObject, ResponseObject, Schema } from "../openapi/shapes.ts";
import type { Content, RequestBody, Response, StatusKey } from "./api-model.ts";
import { type Building, defined } from "./building.ts";
import { isBytes } from "./bytes.ts";
import { contentKind } from "./media-types.ts";
import { buildHeaders, examplesOf } from "./parameters.ts";

/** A request body, with a codec for each media type. */
export function buildRequestBody(building: Building, written: RequestBodyObject): RequestBody {
  return {
    ...defined({ description: written.description }),
    required: written.required ?? false,
    contents: buildContents(building, written.content),
    at: building.locate(written),
  };
}

/** The responses by status; a key that is none is reported and left out. */
export function buildResponses(building: Building, responses: Readonly<Record<string, ResponseObject>> | undefined): Response[] {
  const built: Response[] = [];
  for (const [key, written] of Object.entries(responses ?? {})) {
    if (key.startsWith("x-")) continue;
    const status = statusOf(key);
    if (status === undefined) building.diagnostics.report("status-unknown", building.locate(written), { key }, { atKey: true });
    else built.push(buildResponse(building, status, written));
  }
  return built;
}

/** One response. */
export function buildResponse(building: Building, status: StatusKey, written: ResponseObject): Response {
  return {
    status,
    ...defined({ description: written.description ?? written.summary }),
    contents: buildContents(building, written.content),
    headers: buildHeaders(building, written.headers),
    links: written.links ?? {},
    at: building.locate(written),
  };
}

// https://spec.openapis.org/oas/v3.1.1#patterned-fields-0
function statusOf(key: string): StatusKey | undefined {
  if (key.toLowerCase() === "default") return "default";
  if (/^[1-5]\d\d$/.test(key)) return Number(key);
  const range = key.toUpperCase();
  return ranges.find((known) => known === range);
}

const ranges = ["1XX", "2XX", "3XX", "4XX", "5XX"] as const;

function buildContents(building: Building, contents: Readonly<Record<string, MediaTypeObject>> | undefined): Content[] {
  return Object.entries(contents ?? {}).map(([mediaType, written]) => {
    const at = building.locate(written);
    const kind = contentKind(mediaType, written.schema, (schema) => isBytes(building.document, schema));
    return {
      mediaType,
      kind,
      ...defined({
        schema: written.schema === undefined ? undefined : contentSchema(building, kind, written.schema),
        itemSchema: written.itemSchema === undefined ? undefined : building.settle(written.itemSchema),
      }),
      encoding: written.encoding ?? {},
      examples: examplesOf(written),
      at,
    };
  });
}

function contentSchema(building: Building, _kind: Content["kind"], schema: Schema): Schema {
  return building.settle(schema);
}
