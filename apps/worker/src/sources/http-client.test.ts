import { expect, it } from "vitest";
import { createSourceOptions } from "../../testing/source-options.ts";
import { serve } from "../../testing/serve.ts";
import { askServer, readAnswer } from "./http-client.ts";

const unreachable = { explanation: { key: "source.unreachable" }, isTransient: true };

it("waits for an answer no longer than a call may last, whatever silence is allowed", async () => {
  const { host, url } = await serve(() => {});
  const { settings, signal } = createSourceOptions(host);
  const asked = askServer(new URL(url), { settings, headers: {}, durationMaxMs: 50, signal });
  await expect(asked).rejects.toMatchObject({
    ...unreachable,
    explanation: { values: { host, code: "ETIMEDOUT" } },
  });
});

it("applies the same limit to the rest of an answer that has begun", async () => {
  const { host, url } = await serve((_, response) => response.write("a"));
  const { settings, signal } = createSourceOptions(host);
  const how = { settings, headers: {}, durationMaxMs: 300, signal };
  const read = askServer(new URL(url), how).then((response) =>
    readAnswer(response, { host, bytesMax: 10, signal }),
  );
  await expect(read).rejects.toMatchObject(unreachable);
});
