/** A user of the published package whose tests mock the API: compiled and run. */
import assert from "node:assert/strict";
import { setupServer } from "msw/node";
import { createClient } from "posthog-environments";
import * as fixtures from "posthog-environments/fixtures";
import { handlers, mockEnvironmentsSessionRecordingsRetrieve } from "posthog-environments/msw";

const server = setupServer(...handlers);
server.listen({ onUnhandledRequest: "error" });
try {
  const client = createClient({ projectId: "1", apiKey: "phx_key", maxRetries: 0, onDeprecation: null });
  const usual = await client.sessionRecordings.retrieve("r");
  assert.deepEqual(usual, fixtures.environmentsSessionRecordingsRetrieve.responses[200]().body);

  for (const { name, value } of fixtures.sessionRecording.edges) {
    server.use(mockEnvironmentsSessionRecordingsRetrieve({ status: 200, body: value }, { once: true }));
    assert.deepEqual(await client.sessionRecordings.retrieve("r"), value, name);
  }

  server.use(mockEnvironmentsSessionRecordingsRetrieve({ status: 404 }, { once: true }));
  await assert.rejects(async () => client.sessionRecordings.retrieve("r"), client.errors.NotFoundError);
} finally {
  server.close();
}
