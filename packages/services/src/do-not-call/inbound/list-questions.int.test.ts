import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { listQuestions } from "./list-questions.ts";
import { recordReply } from "./record-reply.ts";

it("shows what waits, the oldest first, with nothing of another organization", async () => {
  const [mine, theirs] = [await aContext(), await aContext()];
  const said = {
    provider: "twilio",
    externalId: null,
    channel: "sms",
    reading: "question",
  } as const;
  const phones = [aNumber(), aNumber()];
  for (const phone of phones) await recordReply(mine, { ...said, phone, text: "spam" });
  await recordReply(theirs, { ...said, phone: aNumber(), text: "theirs" });

  const { items, count } = await listQuestions(mine);
  expect(count).toBe(2);
  expect(items).toMatchObject(phones.map((phone) => ({ phone, text: "spam", channel: "sms" })));
  await expect(listQuestions(as(mine, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});
