import { anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aPost } from "../../../testing/confirmations.ts";
import { aCode } from "../../../testing/person-codes.ts";
import { db } from "../../../testing/scenes.ts";
import { sendPersonCode } from "./send-person-code.ts";

it("sends a code once, and again where it was not taken", async () => {
  const { job, id, post, messages } = await aCode();
  await sendPersonCode(job, id, post);
  expect(messages).toHaveLength(1);
  await db.prisma.personCode.updateMany({ where: { id }, data: { sentAt: null } });
  const lost = { sms: () => Promise.reject(new Error("no route")) };
  await expect(sendPersonCode(job, id, lost)).rejects.toThrow("no route");
  await sendPersonCode(job, id, post);
  expect(messages).toHaveLength(2);
});

it("sends none that can no longer be typed, nor one of another organization", async () => {
  const { job, id } = await aCode();
  const past = new Date(Date.now() - 11 * 60_000);
  await db.prisma.personCode.updateMany({ where: { id }, data: { sentAt: null, createdAt: past } });
  const { post, messages } = aPost();
  await sendPersonCode(job, id, post);
  await db.prisma.personCode.updateMany({ where: { id }, data: { createdAt: new Date() } });
  await sendPersonCode({ ...job, organizationId: await anOrganization(db) }, id, post);
  expect(messages).toEqual([]);
});
