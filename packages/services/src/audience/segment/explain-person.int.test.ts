import type { Rule } from "@ringfence/core/audience/segment";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { buyers, twoSellers } from "../../../testing/segment-scene.ts";
import { aScreenedSegment, toContactId, sixPeople } from "../../../testing/waterfall-scene.ts";
import { explainPerson } from "./explain-person.ts";

const named: Rule = { is: "attribute", field: "@name", test: { test: "present", isPresent: true } };
const rule: Rule = { is: "all", of: [named, { is: "any", of: [buyers, named] }] };

it("shows for every part of the rule whether it holds, and why a call is refused", async () => {
  const { ctx, di } = await sixPeople();
  const { organizationId } = ctx;
  const { id: segmentId } = await aScreenedSegment(ctx, rule);
  const asked = { segmentId, contactId: toContactId(di), locale: "en" as const };
  const { rule: told, place, phones, person, isBarred } = await explainPerson(ctx, asked);
  expect(person.name).toBe("di");
  expect(isBarred).toBe(false);
  expect(told).toMatchObject({
    is: "all",
    holds: true,
    of: [
      { sentence: "name is known", holds: true },
      { is: "any", holds: true, of: [{ holds: false }, { holds: true }] },
    ],
  });
  expect(place).toBe("refusals");
  expect(phones).toMatchObject([{ number: di.phone, answer: { verdict: "refuse", phone: null } }]);
  const entry = { organizationId, action: "segment.read" };
  const [audited] = await db.prisma.auditEntry.findMany({ where: entry });
  expect(audited?.details).toEqual({ segmentId, contactId: asked.contactId });
});

it("shows that the rule excludes a person who opted out of profiling", async () => {
  const { ctx, ada } = await sixPeople();
  const { organizationId } = ctx;
  const { id: segmentId } = await aScreenedSegment(ctx, { is: "none", of: [buyers] });
  const at = new Date("2026-02-01T00:00:00Z");
  const said = { scope: "profiling", channel: "web", at, recordedAt: at } as const;
  await db.prisma.optOut.create({
    data: { organizationId, phoneId: ada.phoneId, ...said, reference: "AAAA0001", actor: {} },
  });
  const asked = { segmentId, contactId: toContactId(ada), locale: "en" as const };
  const person = await explainPerson(ctx, asked);
  expect(person).toMatchObject({ isBarred: true, rule: { holds: false }, place: "callable" });
});

it("masks the number for a marketer everywhere", async () => {
  const { ctx, ada } = await sixPeople();
  const { id: segmentId } = await aScreenedSegment(ctx, rule);
  const asked = { segmentId, contactId: toContactId(ada), locale: "en" as const };
  const seen = await explainPerson(as(ctx, "marketer"), asked);
  expect(JSON.stringify(seen)).not.toContain(ada.phone);
  expect(seen.phones).toHaveLength(1);
});

it("refuses agents, and explains nobody of another organization", async () => {
  const { ctx, ada } = await sixPeople();
  const { id: segmentId } = await aScreenedSegment(ctx);
  const asked = { segmentId, contactId: toContactId(ada), locale: "en" as const };
  await expect(explainPerson(as(ctx, "agent"), asked)).rejects.toMatchObject({ code: "forbidden" });
  const other = await sixPeople();
  await expect(explainPerson(other.ctx, asked)).rejects.toMatchObject({ code: "not-found" });
  const { id: theirs } = await aScreenedSegment(other.ctx);
  await expect(explainPerson(other.ctx, { ...asked, segmentId: theirs })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(explainPerson(await aContext(), asked)).rejects.toMatchObject({ code: "not-found" });
});

it("does not reveal consents to a seller that is not the member's", async () => {
  const { ctx, ada } = await sixPeople();
  const { mine, theirs, marketer } = await twoSellers(ctx);
  const { id: segmentId } = await aScreenedSegment(ctx, { is: "any", of: [mine, theirs] });
  const asked = { segmentId, contactId: toContactId(ada), locale: "en" as const };
  await expect(explainPerson(marketer, asked)).rejects.toMatchObject({ code: "not-found" });
  expect((await explainPerson(ctx, asked)).rule).toMatchObject({ holds: true });
});
