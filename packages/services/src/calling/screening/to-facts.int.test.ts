import type { OrganizationId, PhoneId, SellerId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { expect, it } from "vitest";
import {
  aCallablePhone,
  aDayLater,
  aFederalNumber,
  addAnotherPhone,
  erase,
  longAgo,
  refuseCalls,
} from "../../../testing/phones.ts";
import { authenticateRows } from "../../../testing/authenticate-rows.ts";
import { patientDb } from "../../../testing/patient-db.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { screenCall } from "./screen-call.ts";
import type { ScreeningResult } from "./screening-result.ts";

const listReasons = ({ refusals }: ScreeningResult) => refusals.map(({ reason }) => reason);

async function scene(phone = aFederalNumber(), by = db) {
  const ctx = { ...(await aContext()), db: by };
  const callable = await aCallablePhone(ctx, { phone });
  const screen = (phone = callable.phone) => screenCall(ctx, { phone, purpose: "marketing.loans" });
  return { ctx, ...callable, screen };
}

it("sees an opt-out at the very next call, however many were in flight", async () => {
  // A busy machine may take more than a second for forty screenings, and this test is not about speed.
  const { ctx, phoneId, screen } = await scene(aFederalNumber(), patientDb().db);
  const before = Array.from({ length: 20 }, () => screen());
  await refuseCalls(ctx, phoneId);
  const after = await Promise.all(Array.from({ length: 20 }, () => screen()));
  await Promise.all(before);
  expect(after.map(listReasons)).toEqual(after.map(() => ["opted-out"]));
});

it("sees an opt-out of any phone of the person, and of anyone who shares it", async () => {
  const { ctx, phone, contactId, screen } = await scene();
  const second = await addAnotherPhone(ctx, contactId);
  const bob = await aCallablePhone(ctx);
  const { organizationId } = ctx;
  await db.prisma.contactPhone.create({
    data: { organizationId, contactId: bob.contactId, phoneId: second.phoneId },
  });
  expect([(await screen()).verdict, (await screen(bob.phone)).verdict]).toEqual(["allow", "allow"]);

  await refuseCalls(ctx, bob.phoneId);
  expect(listReasons(await screen(second.phone))).toContain("opted-out");
  expect((await screen(phone)).verdict).toBe("allow");

  await refuseCalls(ctx, second.phoneId);
  expect(listReasons(await screen(phone))).toEqual(["opted-out"]);
});

it("counts consent only for the phone it was given for", async () => {
  const { ctx, contactId, screen } = await scene();
  const { phone } = await addAnotherPhone(ctx, contactId);
  expect(listReasons(await screen(phone))).toContain("consent-missing");
});

it("finds opt-outs of an erased number when it appears again", async () => {
  const { ctx, phone, phoneId, screen } = await scene();
  await erase(ctx, phone);
  expect(await screen()).toMatchObject({ phone, verdict: "allow" });

  await refuseCalls(ctx, phoneId);
  expect(listReasons(await screen())).toEqual(["opted-out"]);

  await aCallablePhone(ctx, { phone });
  expect(listReasons(await screen())).toEqual(["opted-out"]);
});

it("refuses calls to a suppressed phone until the suppression ends", async () => {
  const { ctx, contactId, screen } = await scene();
  const second = await addAnotherPhone(ctx, contactId);
  const suppress = async (until: Date | null, at: Date) => {
    await db.prisma.suppression.create({
      data: {
        organizationId: ctx.organizationId,
        phoneId: second.phoneId,
        reason: "complaint_under_review",
        at,
        until,
        recordedAt: longAgo,
        actor: {},
      },
    });
    await authenticateRows(ctx, ctx.organizationId);
  };
  await suppress(aDayLater, longAgo);
  expect((await screen()).verdict).toBe("allow");
  await suppress(null, aDayLater);
  expect(listReasons(await screen())).toEqual(["suppressed"]);
});

const call = (organizationId: OrganizationId, phoneId: PhoneId, sellerId: SellerId, at: Date) =>
  db.prisma.call.create({
    data: { organizationId, phoneId, sellerId, purpose: "marketing", at, recordedAt: at },
  });

it("counts the calls to all phones of a person against a cap", async () => {
  const inFlorida = Phone.parse("+13055550101"); // 3 calls in 24 hours: Fla. Stat. 501.059
  const { ctx, phone, phoneId, contactId, sellerId } = await scene(inFlorida);
  const second = await addAnotherPhone(ctx, contactId);
  const at = new Date();
  // What-ifs issue no permits, which would count against the cap too.
  const screen = () => screenCall(ctx, { phone, purpose: "marketing.loans", at });
  const hoursBefore = (hours: number) => new Date(at.getTime() - hours * 3_600_000);

  await call(ctx.organizationId, phoneId, sellerId, hoursBefore(1));
  await call(ctx.organizationId, second.phoneId, sellerId, hoursBefore(23));
  await call(ctx.organizationId, second.phoneId, sellerId, hoursBefore(25));
  expect(listReasons(await screen())).not.toContain("frequency-cap");

  await call(ctx.organizationId, second.phoneId, sellerId, hoursBefore(2));
  const { refusals } = await screen();
  expect(refusals.find(({ reason }) => reason === "frequency-cap")).toMatchObject({
    rule: "US-FL.cap",
    until: hoursBefore(-1),
  });
});

it("ignores a registry for numbers outside its areas", async () => {
  const { ctx, phone, screen } = await scene();
  await db.prisma.registry.create({
    data: {
      organizationId: ctx.organizationId,
      code: "partner",
      name: "Partner",
      format: {},
      source: {},
      maxAgeDays: 3_650,
      edition: 1,
      areas: { "1212": 1 },
      verifiedAt: aDayLater,
    },
  });
  const answer = await screen();
  expect(listReasons(answer)).toEqual(["registry-unchecked"]);
  expect(answer.refusals[0]).toMatchObject({ registry: "partner" });

  await db.prisma.registry.updateMany({
    where: { organizationId: ctx.organizationId },
    data: { areas: { "1212": 1, [phone.slice(1, 5)]: 0 } },
  });
  expect((await screen()).verdict).toBe("allow");
});
