/** The contract against the facts about PostHog's environments endpoints, written out once more, by hand. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { OperationObject, SchemaObject } from "../../generator/openapi/shapes.ts";
import { readContract, specFolder } from "./contract.ts";

const root = await readContract();
const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
const operations = new Map<string, { readonly method: string; readonly path: string; readonly operation: OperationObject }>();
for (const [template, item] of Object.entries(root.paths ?? {})) {
  for (const method of methods) {
    const operation = item[method];
    if (operation !== undefined) operations.set(operation.operationId ?? "", { method: method.toUpperCase(), path: template, operation });
  }
}

function operation(id: string): OperationObject {
  const found = operations.get(`environments_${id}`);
  if (found === undefined) throw new Error(`There is no operation environments_${id}.`);
  return found.operation;
}

function schema(key: string): SchemaObject {
  const found = root.components?.schemas?.[key];
  if (found === undefined || typeof found === "boolean") throw new Error(`There is no schema ${key}.`);
  return found;
}

const bodyOf = (id: string, status: string): unknown => operation(id).responses?.[status]?.content?.["application/json"]?.schema;
const fieldsOf = (key: string): string => Object.keys(schema(key).properties ?? {}).sort().join(" ");
const requiredOf = (key: string): string => [...(schema(key).required ?? [])].sort().join(" ");
const field = (key: string, name: string): SchemaObject => {
  const found = schema(key).properties?.[name];
  if (found === undefined || typeof found === "boolean") throw new Error(`${key} has no field ${name}.`);
  return found;
};

const key = (...scopes: string[]): object => ({ PersonalAPIKeyAuth: scopes });
const sharingToken = { SharingAccessToken: [] };

test("There are nine operations, each with its method, path and scopes", () => {
  expect([...operations].map(([id, one]) => [id, one.method, one.path, one.operation.security])).toEqual([
    ["environments_query_create", "POST", "/api/environments/{project_id}/query/", [key("query:read")]],
    ["environments_query_retrieve", "GET", "/api/environments/{project_id}/query/{id}/", [key("query:read"), sharingToken]],
    ["environments_query_destroy", "DELETE", "/api/environments/{project_id}/query/{id}/", [key("query:read")]],
    ["environments_query_draft_sql_retrieve", "GET", "/api/environments/{project_id}/query/draft_sql/", [key()]],
    ["environments_session_recordings_list", "GET", "/api/environments/{project_id}/session_recordings/", [key("session_recording:read")]],
    ["environments_session_recordings_retrieve", "GET", "/api/environments/{project_id}/session_recordings/{id}/", [key("session_recording:read"), sharingToken]],
    ["environments_session_recordings_destroy", "DELETE", "/api/environments/{project_id}/session_recordings/{id}/", [key("session_recording:write")]],
    ["environments_session_recordings_partial_update", "PATCH", "/api/environments/{project_id}/session_recordings/{id}/", [key("session_recording:write")]],
    ["environments_session_recordings_sharing_list", "GET", "/api/environments/{project_id}/session_recordings/{recording_id}/sharing/", [key("sharing_configuration:read")]],
  ]);
});

test("It has PostHog's servers, and those of others", () => {
  expect(root.servers?.map(({ url }) => url)).toEqual(["https://us.posthog.com", "https://eu.posthog.com", "https://{host}"]);
});

test.each([
  ["query_create", "200 202 400 401 402 403 404 415 429 500 503 5XX"],
  ["query_retrieve", "200 202 400 401 402 403 404 429 500 503 5XX"],
  ["query_destroy", "200 204 400 401 402 403 404 429 500 503 5XX"],
  ["query_draft_sql_retrieve", "200 400 401 402 403 404 429 500 503 5XX"],
  ["session_recordings_list", "200 400 401 402 403 404 429 500 503 5XX"],
  ["session_recordings_retrieve", "200 400 401 402 403 404 429 500 503 5XX"],
  ["session_recordings_partial_update", "200 400 401 402 403 404 415 429 500 503 5XX"],
  ["session_recordings_destroy", "204 400 401 402 403 404 429 500 503 5XX"],
  ["session_recordings_sharing_list", "200 400 401 402 403 404 429 500 503 5XX"],
])("%s answers %s", (id, statuses) => {
  expect(Object.keys(operation(id).responses ?? {}).sort().join(" ")).toBe(statuses);
});

test("Errors have one envelope, but for the failed query and the failed list", () => {
  const own = [...operations].flatMap(([id, one]) =>
    Object.entries(one.operation.responses ?? {})
      .filter(([status, response]) => /^[45]/.test(status) && JSON.stringify(response.content?.["application/json"]?.schema) !== '{"$ref":"#/components/schemas/ErrorResponse"}')
      .map(([status]) => `${id} ${status}`),
  );
  expect(own.sort()).toEqual(["environments_query_retrieve 400", "environments_query_retrieve 500", "environments_session_recordings_list 500"]);
  expect([fieldsOf("ErrorResponse"), requiredOf("ErrorResponse")]).toEqual(["attr code detail extra type", "code detail type"]);
  expect(field("ErrorResponse", "type").enum).toEqual(["authentication_error", "invalid_request", "server_error", "throttled_error", "validation_error"]);
  expect(field("ErrorResponse", "attr").type).toEqual(["string", "null"]);
  expect(schema("ErrorResponse").additionalProperties).not.toBe(false);
  expect(refs(bodyOf("session_recordings_list", "500"))).toEqual(["ErrorResponse", "PlainError"]);
});

describe("a query", () => {
  test("can be refreshed in seven ways", () => {
    expect([...(schema("RefreshType").enum ?? [])].sort()).toEqual(["async", "async_except_on_cache_miss", "blocking", "force_async", "force_blocking", "force_cache", "lazy_async"]);
    expect(field("QueryRequest", "refresh").default).toBe("blocking");
  });

  test("is asked for with these fields and no others", () => {
    expect(fieldsOf("QueryRequest")).toBe("async client_query_id filters_override limit_context name query refresh variables_override");
    expect([requiredOf("QueryRequest"), schema("QueryRequest").additionalProperties]).toEqual(["query", false]);
    for (const name of ["refresh", "async", "client_query_id", "filters_override", "variables_override", "name", "limit_context"])
      expect(JSON.stringify(field("QueryRequest", name)), name).toContain("null");
    expect(field("QueryRequest", "async").deprecated).toBe(true);
    expect(operation("query_create").requestBody?.required).toBe(true);
    expect(Object.keys(operation("query_create").requestBody?.content ?? {})).toEqual(["application/json"]);
  });

  test("in HogQL, and of events, is modelled in full; any other kind is an open object", () => {
    expect(fieldsOf("HogQLQuery")).toBe("connectionId explain filters kind modifiers name query response sendRawQuery tags values variables version");
    expect([requiredOf("HogQLQuery"), schema("HogQLQuery").additionalProperties]).toEqual(["kind query", false]);
    expect(fieldsOf("HogQLFilters")).toBe("dateRange filterTestAccounts properties");
    expect([fieldsOf("HogQLVariable"), requiredOf("HogQLVariable")]).toEqual(["code_name isNull value variableId", "code_name variableId"]);
    expect(fieldsOf("EventsQuery")).toBe(
      "actionId actionSteps after before event events filterTestAccounts fixedProperties kind limit modifiers offset orderBy personId properties response select source tags version where",
    );
    expect([requiredOf("EventsQuery"), schema("EventsQuery").additionalProperties]).toEqual(["kind select", false]);
    expect([requiredOf("OtherQuery"), schema("OtherQuery").additionalProperties]).toEqual(["kind", true]);
    expect(fieldsOf("DateRange")).toBe("date_from date_to explicitDate");
    expect(fieldsOf("QueryLogTags")).toBe("name productKey scene");
  });

  test("is filtered by every kind of property filter", () => {
    expect(refs(schema("AnyPropertyFilter"))).toEqual(
      "Cohort DataWarehousePerson DataWarehouse Element Empty EventMetadata Event Feature Flag Group HogQL LogEntry Log Person Recording RevenueAnalytics Session"
        .split(" ")
        .map((name) => `${name}PropertyFilter`)
        .concat("ErrorTrackingIssueFilter")
        .sort(),
    );
    expect(schema("PropertyOperator").enum).toEqual(
      expect.arrayContaining(
        "exact is_not icontains not_icontains regex not_regex gt gte lt lte is_set is_not_set is_date_exact is_date_before is_date_after between not_between min max in not_in is_cleaned_path_exact flag_evaluates_to".split(" "),
      ),
    );
  });

  test("is answered in the shape of its kind, with the fields of the cache", () => {
    expect(refs(bodyOf("query_create", "200"))).toEqual(["QueryResponse"]);
    expect(refs(schema("QueryResponse"))).toEqual([
      "CachedActorsQueryResponse",
      "CachedEventsQueryResponse",
      "CachedFunnelsQueryResponse",
      "CachedHogQLQueryResponse",
      "CachedLifecycleQueryResponse",
      "CachedPathsQueryResponse",
      "CachedRetentionQueryResponse",
      "CachedStickinessQueryResponse",
      "CachedTrendsQueryResponse",
      "HogQLMetadataResponse",
      "HogQueryResponse",
      "OpenQueryResponse",
    ]);
    expect(requiredOf("CacheMixin")).toBe("cache_key is_cached last_refresh next_allowed_client_refresh timezone");
    expect(fieldsOf("CacheMixin")).toBe("cache_key cache_target_age calculation_trigger is_cached last_refresh next_allowed_client_refresh query_metadata query_status timezone");
    expect(requiredOf("HogQLQueryResponse")).toBe("results");
    expect(requiredOf("EventsQueryResponse")).toBe("columns hogql results types");
    expect(refs(bodyOf("query_create", "202"))).toEqual(["QueryPendingResponse"]);
  });

  test("that runs has a state, whatever the status", () => {
    for (const status of ["200", "202"]) expect(refs(bodyOf("query_retrieve", status)), status).toEqual(["QueryStatusResponse"]);
    for (const status of ["400", "500"]) expect(refs(bodyOf("query_retrieve", status)), status).toEqual(["ErrorResponse", "QueryStatusResponse"]);
    expect([requiredOf("QueryStatusResponse"), requiredOf("QueryStatus"), schema("QueryStatus").additionalProperties]).toEqual(["query_status", "id team_id", false]);
    expect(fieldsOf("QueryStatus")).toBe(
      "complete dashboard_id end_time error error_message expiration_time id insight_id labels pickup_time query_async query_progress results start_time task_id team_id",
    );
    expect(requiredOf("ClickhouseQueryProgress")).toBe("active_cpu_time bytes_read estimated_rows_total rows_read time_elapsed");
    expect(parametersOf("query_retrieve")).toEqual({ project_id: "path string", id: "path string", show_progress: "query boolean", showProgress: "query boolean" });
  });

  test("is cancelled with a message, or without", () => {
    expect([requiredOf("QueryCancellation"), operation("query_destroy").responses?.["204"]?.content]).toEqual(["message", undefined]);
    expect(parametersOf("query_destroy")).toEqual({ project_id: "path string", id: "path string", dequeue_only: "query boolean" });
  });

  test("is drafted from a prompt of at most 400 characters", () => {
    expect(parametersOf("query_draft_sql_retrieve")).toEqual({ project_id: "path string", prompt: "query string", current_query: "query string" });
    const prompt = operation("query_draft_sql_retrieve").parameters?.find(({ name }) => name === "prompt");
    expect([prompt?.required, prompt?.schema]).toEqual([true, expect.objectContaining({ maxLength: 400 })]);
    expect([fieldsOf("DraftSql"), requiredOf("DraftSql")]).toEqual(["sql", "sql"]);
  });
});

describe("recordings", () => {
  test("are listed by these parameters, of which some are JSON", () => {
    expect(parametersOf("session_recordings_list")).toEqual({
      project_id: "path string",
      kind: "query string",
      limit: "query integer",
      offset: "query integer",
      after: "query string",
      date_from: "query string",
      date_to: "query string",
      events: "query JSON",
      actions: "query JSON",
      properties: "query JSON",
      console_log_filters: "query JSON",
      having_predicates: "query JSON",
      comment_text: "query JSON",
      filter_test_accounts: "query boolean",
      operand: "query string",
      session_ids: "query JSON",
      person_uuid: "query string",
      distinct_ids: "query JSON",
      order: "query string",
      order_direction: "query string",
      session_recording_id: "query string",
      hide_viewed_recordings: "query string",
      user_modified_filters: "query JSON",
      modifiers: "query JSON",
      tags: "query JSON",
      add_events_to_property_queries: "query string",
    });
    const defaults = Object.fromEntries((operation("session_recordings_list").parameters ?? []).flatMap(({ name, schema }) => (typeof schema === "object" && "default" in schema ? [[name, schema.default]] : [])));
    expect(defaults).toEqual({ limit: 50, date_from: "-3d", operand: "AND", order: "start_time", order_direction: "DESC", kind: "RecordingsQuery" });
    expect(schema("RecordingOrder").enum).toEqual(
      expect.arrayContaining("duration recording_duration inactive_seconds active_seconds start_time console_error_count click_count keypress_count mouse_activity_count activity_score".split(" ")),
    );
  });

  test("come in either envelope, and always as results", () => {
    expect([fieldsOf("SessionRecordingList"), requiredOf("SessionRecordingList")]).toEqual(["count has_next next next_cursor previous results version", "results"]);
  });

  test("have the fields of the page and those of newer servers", () => {
    expect(fieldsOf("SessionRecording")).toBe(
      "active_seconds activity_score click_count console_error_count console_log_count console_warn_count distinct_id end_time expiry_time external_references has_summary id inactive_seconds keypress_count matches_filters mouse_activity_count ongoing person recording_duration recording_ttl retention_period_days snapshot_library snapshot_source start_time start_url storage summary_outcome viewed viewers",
    );
    for (const name of ["viewers", "retention_period_days", "expiry_time", "has_summary", "person", "storage"]) expect(requiredOf("SessionRecording").split(" "), name).not.toContain(name);
    expect(Object.entries(schema("SessionRecording").properties ?? {}).flatMap(([name, one]) => (typeof one === "object" && one.readOnly === true ? [] : [name]))).toEqual(["person"]);
    expect(fieldsOf("MinimalPerson")).toBe("created_at distinct_ids id last_seen_at name properties uuid");
    for (const name of ["id", "name", "created_at"]) expect(field("MinimalPerson", name).type, name).toContain("null");
    expect(JSON.stringify(field("MinimalPerson", "distinct_ids"))).toContain('"type":"array"');
  });

  test("have session ids, which need not be UUIDs", () => {
    for (const [id, name] of [["session_recordings_retrieve", "id"], ["session_recordings_sharing_list", "recording_id"]] as const) {
      const parameter = operation(id).parameters?.find((one) => one.name === name);
      expect(parameter?.schema).toMatchObject({ type: "string" });
      expect(parameter?.schema).not.toHaveProperty("format");
    }
  });

  test("are marked as viewed or analyzed", () => {
    expect([fieldsOf("SessionRecordingUpdate"), requiredOf("SessionRecordingUpdate"), schema("SessionRecordingUpdate").additionalProperties]).toEqual(["analyzed person player_metadata viewed", "", true]);
    expect(refs(bodyOf("session_recordings_partial_update", "200"))).toEqual(["SessionRecording", "SessionRecordingUpdateResult"]);
    expect(fieldsOf("SessionRecordingUpdateResult")).toBe("success");
    expect(operation("session_recordings_destroy").responses?.["204"]?.content).toBeUndefined();
  });

  test("are shared by one configuration, not a list of them", () => {
    expect(refs(bodyOf("session_recordings_sharing_list", "200"))).toEqual(["SharingConfiguration"]);
    expect([fieldsOf("SharingConfiguration"), requiredOf("SharingConfiguration")]).toEqual(["access_token created_at enabled password_required settings share_passwords", "access_token created_at"]);
    expect(field("SharingConfiguration", "created_at").type).toContain("null");
    expect(fieldsOf("SharePassword")).toBe("created_at created_by_email id is_active note");
  });
});

// The checklist of where PostHog's page and its server differ: each such place says so in a line.
test.each([
  ["paths/query.yaml", "leaves the fields untyped"],
  ["responses/QueryResult.yaml", "shows an empty object"],
  ["responses/QueryPending.yaml", "lists 200 only"],
  ["schemas/RefreshType.yaml", "lists six values"],
  ["schemas/RefreshType.yaml", "`force_cache`: PostHog's reference says that this never computes"],
  ["schemas/QueryRequest.yaml", "asks for a JSON string"],
  ["responses/QueryCancelled.yaml", "says 204"],
  ["responses/QueryCancelledWithoutBody.yaml", "the server answers 200"],
  ["responses/QueryRunning.yaml", "lists 200 only"],
  ["responses/QueryFailedWithReason.yaml", "lists 200 only"],
  ["responses/QueryFailed.yaml", "lists 200 only"],
  ["schemas/QueryStatus.yaml", "the server means the opposite"],
  ["paths/query-draft-sql.yaml", "shows a call with a personal key"],
  ["parameters/prompt.yaml", "does not list this parameter"],
  ["parameters/current-query.yaml", "does not list this parameter"],
  ["responses/SqlDraft.yaml", "says that there is no body"],
  ["schemas/SessionRecordingList.yaml", "documents `count`, `next` and `previous`"],
  ["paths/session-recordings.yaml", "lists `limit` and `offset` only"],
  ["parameters/session-recording-id.yaml", "says that this is a UUID"],
  ["paths/session-recording.yaml", "documents `person` only"],
  ["responses/SessionRecordingUpdated.yaml", "says that the recording comes back"],
  ["schemas/MinimalPerson.yaml", "says that this is a string"],
  ["schemas/SharingConfiguration.yaml", "the server sends null when it never was"],
  ["responses/SharingConfigurationFound.yaml", "a single object"],
])("%s says where page and server differ: %s", async (file, words) => {
  const text = (await readFile(path.join(specFolder, file), "utf8")).replace(/\s+/g, " ");
  expect(text).toContain(words);
  expect(text).toMatch(/PostHog's (reference|schema)/);
});

function parametersOf(id: string): { readonly [name: string]: string } {
  const parameters = operation(id).parameters ?? [];
  return Object.fromEntries(
    parameters.map(({ name, in: place, schema: declared, content }) => {
      if (content !== undefined) return [name, `${place} JSON`];
      const target = typeof declared === "object" && declared.$ref !== undefined ? schema(declared.$ref.slice("#/components/schemas/".length)) : declared;
      return [name, `${place} ${String(typeof target === "object" ? (target.type ?? "any") : "any")}`];
    }),
  );
}

/** The names of the schemas that a schema is a choice of, or the one that it is. */
function refs(value: unknown): string[] {
  const { $ref, oneOf, anyOf } = (value ?? {}) as SchemaObject;
  return [...($ref === undefined ? [] : [$ref.slice("#/components/schemas/".length)]), ...[...(oneOf ?? []), ...(anyOf ?? [])].flatMap(refs)].sort();
}
