import { AFTER_REGISTRIES } from "@ringfence/core/do-not-call/blocked-list";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aFilingOffice } from "../../../../testing/erased-files.ts";
import { recorded } from "../../../../testing/opt-outs.ts";
import { as } from "../../../../testing/scenes.ts";
import {
  openBlockedList,
  setBlockedList,
  writeBlockedList,
} from "../../../do-not-call/blocked-list/index.ts";

/** Creates an organization whose blocked list has Grace in its file and in its changes. */
async function aBlockingOffice() {
  const office = await aFilingOffice();
  const { ctx, grace } = office;
  await setBlockedList(
    { ...ctx, ...as(ctx, "owner") },
    { schedule: AFTER_REGISTRIES, reason: "The dialer keeps its own list." },
  );
  const write = () =>
    writeBlockedList({ ...ctx, actor: { type: "job", name: "blocked-list.write" } });
  const refuse = (phone: string) => recorded(ctx, { phone, channel: "agent" });
  const read = async (edition?: number) => {
    const opened = await openBlockedList(ctx, edition === undefined ? {} : { edition });
    const chunks: Uint8Array[] = [];
    for await (const chunk of opened.content ?? []) chunks.push(chunk);
    return { edition: opened.edition, text: Buffer.concat(chunks).toString() };
  };
  const other = aNumber();
  await refuse(grace);
  await write();
  await refuse(other);
  await write();
  return { ...office, write, refuse, read, other };
}

const gone = { code: "not-found", explanation: { key: "blocked-list.gone" } };

it("takes an erased person out of the blocked list and out of what its editions changed", async () => {
  const { grace, other, read, write, erase, work, refuse } = await aBlockingOffice();
  expect((await read()).text).toContain(grace);
  expect((await read(1)).text).toContain(grace);
  await erase();
  await work();

  const { edition, text } = await read();
  expect(edition).toBe(3);
  expect(text).toContain(other);
  expect(text).not.toContain(grace);
  for (const earlier of [1, 2, 3]) await expect(read(earlier)).rejects.toMatchObject(gone);

  const next = aNumber();
  await refuse(next);
  expect(await write()).toBe(4);
  const changes = (await read(4)).text.trimEnd().split("\r\n");
  expect(changes).toEqual([expect.any(String), expect.stringContaining(`added,${next}`)]);
});

it("leaves the blocked list of others, and one that does not name them, as it is", async () => {
  const [one, another] = [await aBlockingOffice(), await aBlockingOffice()];
  await one.refuse(another.grace);
  await one.write();
  const unnamed = aNumber();
  await another.contacts({ phone: unnamed });
  await another.erase(unnamed);
  await another.work();
  expect(await another.read()).toMatchObject({ edition: 2 });
  await another.erase();
  await another.work();
  await one.work();
  expect((await one.read()).text).toContain(another.grace);
});

it("takes them out although another worker writes the list at the same time", async () => {
  const { grace, read, write, erase, work, refuse } = await aBlockingOffice();
  await erase();
  await refuse(aNumber());
  await Promise.all([write(), work(), write()]);
  expect((await read()).text).not.toContain(grace);
  const { edition } = await read();
  for (let earlier = 1; earlier <= edition; earlier++) {
    const changes = await read(earlier).catch(() => ({ text: "" }));
    expect(changes.text).not.toContain(grace);
  }
});
