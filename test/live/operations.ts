import type { createClient as createFetchClient } from "../../generated/src/openapi-fetch.ts";
import * as fixtures from "../../generated/src/fixtures.ts";
import type { Client } from "../../generated/src/index.ts";
import type { OperationName } from "./world.ts";

/** What every kind of call gives, looked at as loosely as one who does not know the operation. */
interface LooseResult {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly headers: object;
  readonly response: Response;
  readonly data?: unknown;
  readonly error?: unknown;
}
export interface LooseCall extends Promise<unknown> {
  result(): Promise<LooseResult>;
  withResponse(): Promise<{ readonly data: unknown; readonly response: Response }>;
  asResponse(): Promise<Response>;
}
type LooseAnswer = Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response: Response }>;
type FetchClient = ReturnType<typeof createFetchClient>;

/** The request fixture of an operation, sent in each of the three styles. */
interface Ways {
  readonly request: object;
  readonly resource: (client: Client) => LooseCall;
  readonly path: (client: Client) => LooseAnswer;
  readonly openapiFetch: (client: FetchClient) => LooseAnswer;
}

const create = fixtures.environmentsQueryCreate.request();
const retrieve = fixtures.environmentsQueryRetrieve.request();
const destroy = fixtures.environmentsQueryDestroy.request();
const draft = fixtures.environmentsQueryDraftSqlRetrieve.request();
const list = fixtures.environmentsSessionRecordingsList.request();
const recording = fixtures.environmentsSessionRecordingsRetrieve.request();
const update = fixtures.environmentsSessionRecordingsPartialUpdate.request();
const remove = fixtures.environmentsSessionRecordingsDestroy.request();
const sharing = fixtures.environmentsSessionRecordingsSharingList.request();

/** Written out, so that the compiler sees every call in every style. */
export const ways: { readonly [name in OperationName]: Ways } = {
  environmentsQueryCreate: {
    request: create,
    resource: ({ query }) => query.create(create.body, create.header),
    path: (client) =>
      client.POST("/api/environments/{project_id}/query/", { params: { header: create.header ?? {} }, body: create.body }),
    openapiFetch: (client) =>
      client.POST("/api/environments/{project_id}/query/", {
        params: { path: create.path, header: create.header ?? {} },
        body: create.body,
      }),
  },
  environmentsQueryRetrieve: {
    request: retrieve,
    resource: ({ query }) => query.retrieve(retrieve.path.id, retrieve.query),
    path: (client) =>
      client.GET("/api/environments/{project_id}/query/{id}/", {
        params: { path: { id: retrieve.path.id }, query: retrieve.query },
      }),
    openapiFetch: (client) =>
      client.GET("/api/environments/{project_id}/query/{id}/", { params: { path: retrieve.path, query: retrieve.query ?? {} } }),
  },
  environmentsQueryDestroy: {
    request: destroy,
    resource: ({ query }) => query.delete(destroy.path.id, destroy.query),
    path: (client) =>
      client.DELETE("/api/environments/{project_id}/query/{id}/", {
        params: { path: { id: destroy.path.id }, query: destroy.query },
      }),
    openapiFetch: (client) =>
      client.DELETE("/api/environments/{project_id}/query/{id}/", { params: { path: destroy.path, query: destroy.query ?? {} } }),
  },
  environmentsQueryDraftSqlRetrieve: {
    request: draft,
    resource: ({ query }) => query.draftSql(draft.query),
    path: (client) => client.GET("/api/environments/{project_id}/query/draft_sql/", { params: { query: draft.query } }),
    openapiFetch: (client) =>
      client.GET("/api/environments/{project_id}/query/draft_sql/", { params: { path: draft.path, query: draft.query } }),
  },
  environmentsSessionRecordingsList: {
    request: list,
    resource: ({ sessionRecordings }) => sessionRecordings.list(list.query),
    path: (client) => client.GET("/api/environments/{project_id}/session_recordings/", { params: { query: list.query } }),
    openapiFetch: (client) =>
      client.GET("/api/environments/{project_id}/session_recordings/", { params: { path: list.path, query: list.query ?? {} } }),
  },
  environmentsSessionRecordingsRetrieve: {
    request: recording,
    resource: ({ sessionRecordings }) => sessionRecordings.retrieve(recording.path.id),
    path: (client) =>
      client.GET("/api/environments/{project_id}/session_recordings/{id}/", { params: { path: { id: recording.path.id } } }),
    openapiFetch: (client) =>
      client.GET("/api/environments/{project_id}/session_recordings/{id}/", { params: { path: recording.path } }),
  },
  environmentsSessionRecordingsPartialUpdate: {
    request: update,
    resource: ({ sessionRecordings }) => sessionRecordings.update(update.path.id, update.body),
    path: (client) =>
      client.PATCH("/api/environments/{project_id}/session_recordings/{id}/", {
        params: { path: { id: update.path.id } },
        body: update.body,
      }),
    openapiFetch: (client) =>
      client.PATCH("/api/environments/{project_id}/session_recordings/{id}/", {
        params: { path: update.path },
        body: update.body,
      }),
  },
  environmentsSessionRecordingsDestroy: {
    request: remove,
    resource: ({ sessionRecordings }) => sessionRecordings.delete(remove.path.id),
    path: (client) =>
      client.DELETE("/api/environments/{project_id}/session_recordings/{id}/", { params: { path: { id: remove.path.id } } }),
    openapiFetch: (client) =>
      client.DELETE("/api/environments/{project_id}/session_recordings/{id}/", { params: { path: remove.path } }),
  },
  environmentsSessionRecordingsSharingList: {
    request: sharing,
    resource: ({ sessionRecordings }) => sessionRecordings.sharing.list(sharing.path.recording_id),
    path: (client) =>
      client.GET("/api/environments/{project_id}/session_recordings/{recording_id}/sharing/", {
        params: { path: { recording_id: sharing.path.recording_id } },
      }),
    openapiFetch: (client) =>
      client.GET("/api/environments/{project_id}/session_recordings/{recording_id}/sharing/", { params: { path: sharing.path } }),
  },
};
