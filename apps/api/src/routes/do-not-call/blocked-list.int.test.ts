import { setBlockedList, writeBlockedList } from "@ringfence/services/do-not-call/blocked-list";
import { AFTER_REGISTRIES } from "@ringfence/core/do-not-call/blocked-list";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { ask } from "../../../testing/ask.ts";
import { aKey, aListeningServer, files } from "../../../testing/listening.ts";

const { url } = await aListeningServer();
const list = `${url}/v1/blocked-list.csv`;

/** A key, and the worker's jobs for the blocked list of its organization. */
async function scene() {
  const key = await aKey("opt-outs:read", "opt-outs:write");
  const { ctx, authorization } = key;
  const write = async () => {
    await setBlockedList(
      { ...ctx, files },
      { schedule: AFTER_REGISTRIES, reason: "The dialer keeps its own list." },
    );
    const actor = { type: "job", name: "blocked-list.write" } as const;
    await writeBlockedList({ ...ctx, files, actor });
  };
  const refuse = async () => {
    const phone = aNumber();
    await ask(`${url}/v1/opt-outs`, authorization, { phone, channel: "agent" });
    return phone;
  };
  return { ...key, write, refuse };
}

it("returns the whole list with an ETag, and 304 to a caller that has it", async () => {
  const { authorization, write, refuse } = await scene();
  expect((await ask(list, authorization)).status).toBe(404);
  const phone = await refuse();
  await write();

  const { status, headers, answer } = await ask(list, authorization);
  expect([status, headers.get("ringfence-edition")]).toEqual([200, "1"]);
  expect(answer).toContain(phone);
  const etag = headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
  const again = (tag: string) => ask(list, authorization, undefined, { "if-none-match": tag });
  for (const tag of [etag, `W/${etag}`, `"a", ${etag}`, "*"]) {
    expect((await again(tag)).status).toBe(304);
  }
  expect((await again('"a"')).status).toBe(200);

  await refuse();
  await write();
  const { status: anew, headers: next } = await again(etag);
  expect([anew, next.get("ringfence-edition")]).toEqual([200, "2"]);
});

it("returns what an edition added and removed", async () => {
  const { authorization, write, refuse } = await scene();
  const first = await refuse();
  await write();
  const second = await refuse();
  await write();
  const changes = (edition: string) =>
    ask(`${url}/v1/blocked-list/${edition}/changes.csv`, authorization);
  const { answer } = await changes("2");
  expect(answer).toContain(`added,${second},all,`);
  expect(answer).not.toContain(first);
  expect((await changes("3")).status).toBe(404);
  expect((await changes("x")).status).toBe(400);
});

it("gives nothing to a key without the scope or of another organization", async () => {
  const { write } = await scene();
  await write();
  expect((await ask(list, (await aKey("opt-outs:read")).authorization)).status).toBe(404);
  expect((await ask(list, (await aKey("screen")).authorization)).status).toBe(403);
});
