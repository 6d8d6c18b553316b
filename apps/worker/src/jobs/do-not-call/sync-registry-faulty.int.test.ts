import { fromStoredMessage, say, StoredMessage } from "@ringfence/core/platform/message";
import { openTestDb } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aPublishedRegistry } from "../../../testing/published-registry.ts";
import { fullList } from "../../../testing/registry.ts";

const db = await openTestDb();

const changes = (hour: number, ...numbers: string[]) =>
  numbers.map((number) => `${number},2026-08-06T${hour}:00:00,A\n`).join("");

it.each([
  [
    "a download that was cut off within a line",
    [fullList(100).slice(0, -3)],
    "registry.fault.cut-off",
  ],
  ["a download that was cut off between lines", [fullList(60)], "registry.held.shrunk"],
  ["a page of HTML with status 200", ["<!DOCTYPE html>\n<p>Sign in"], "registry.fault.web-page"],
  ["a file of another country", [fullList(300, 416)], "registry.fault.other-area"],
  ["yesterday's file again", [fullList(101), fullList(100)], "registry.held.repeated"],
  [
    "two changes in the wrong order",
    [changes(14, "8185551111"), changes(13, "8185552222")],
    "registry.held.out-of-order",
  ],
])("does not put in force %s, and says what happened", async (_, files, key) => {
  const { runId, perform, registryId, row, syncAgain, publisher } = await aPublishedRegistry(
    db,
    (response) => response.end(fullList(100)),
  );
  await perform(runId);
  for (const file of files.slice(0, -1)) {
    publisher.answer = (response) => response.end(file);
    expect((await syncAgain()).outcome).toMatchObject({ outcome: "applied" });
  }
  const before = await row();
  publisher.answer = (response) => response.end(files.at(-1));
  const { error } = await syncAgain();
  const held = await db.prisma.registryEdition.findFirst({ where: { registryId, status: "held" } });
  const told = fromStoredMessage(StoredMessage.parse(error ?? held?.fault));
  expect(told.key).toBe(key);
  expect(say("en", told)).toMatch(/\w+ \w+ .+/s);
  expect(await row()).toEqual(before);
});
