import type { ContentDescriptor, OperationDescriptor } from "../../../generator/runtime/operation.ts";

const json: ContentDescriptor[] = [{ mediaType: "application/json", kind: "json" }];

export const getThing: OperationDescriptor = {
  id: "getThing",
  method: "GET",
  path: "/projects/{project_id}/things/{id}",
  parameters: [
    { name: "project_id", in: "path", required: true },
    { name: "id", in: "path", required: true },
    { name: "tags", in: "query", explode: false },
    { name: "X-Trace", in: "header" },
    { name: "session", in: "cookie" },
  ],
  responses: [
    { status: "200", contents: json },
    { status: "204" },
    { status: "304" },
    { status: "404", contents: json },
    { status: "429", contents: [{ mediaType: "text/plain", kind: "text" }] },
    { status: "5XX", contents: json },
  ],
  security: [{ Key: [] }],
};

export const createThing: OperationDescriptor = {
  id: "createThing",
  method: "POST",
  path: "/things",
  body: {
    required: true,
    contents: [
      { mediaType: "application/json", kind: "json" },
      { mediaType: "application/x-www-form-urlencoded", kind: "urlencoded" },
    ],
  },
  responses: [
    { status: "201", contents: json },
    { status: "default", contents: json },
  ],
};

/** Its entries in a generated `operations` interface. */
export interface Operations {
  getThing: {
    parameters: {
      query?: { tags?: string[] };
      header?: { "X-Trace"?: string };
      path: { project_id: string; id: string };
      cookie?: { session?: string };
    };
    requestBody?: never;
    responses: {
      200: { headers: { [name: string]: unknown }; content: { "application/json": { name: string } } };
      204: { headers: { [name: string]: unknown }; content?: never };
      304: { headers: { [name: string]: unknown }; content?: never };
      404: { headers: { [name: string]: unknown }; content: { "application/json": { code: string; detail: string } } };
      429: { headers: { [name: string]: unknown }; content: { "text/plain": string } };
      "5XX": { headers: { [name: string]: unknown }; content: { "application/json": { reason: string } } };
    };
  };
  createThing: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody: {
      content: { "application/json": { name: string }; "application/x-www-form-urlencoded": { name: string } };
    };
    responses: {
      201: { headers: { [name: string]: unknown }; content: { "application/json": { id: number } } };
      default: { headers: { [name: string]: unknown }; content: { "application/json": { message: string } } };
    };
  };
}

export interface Paths {
  "/projects/{project_id}/things/{id}": { parameters: object; get: Operations["getThing"]; put?: never; post?: never };
  "/things": { parameters: object; get?: never; post: Operations["createThing"] };
}
