// A segment chooses people; it never lets a call through.
import { Rule } from "@ringfence/core/audience/segment";
import { listSegments, refreshSegment, saveSegment } from "@ringfence/services/audience/segment";
import { db } from "@ringfence/services/testing";
import { countStatements } from "@ringfence/services/testing/count-statements";
import { expect, it } from "vitest";
import { aCallablePerson } from "../../testing/callable-person.ts";
import { aListeningServer } from "../../testing/listening.ts";

const { url } = await aListeningServer();

/** A small share of the people in `pnpm bench segments`, whose million takes minutes to load. */
const PEOPLE = 50_000;

it("acceptance 10: a segment is counted anew as a whole, says how old it is, and no gate trusts it", async () => {
  const { ctx, phone, screen, refuse } = await aCallablePerson(url);
  const { organizationId } = ctx;
  const rule = Rule.parse({ is: "all", of: [] });
  const { id } = await saveSegment(ctx, { name: "Everybody", rule });
  const asJob = { ...ctx, actor: { type: "job", name: "segment.refresh" } } as const;
  const told = async () => {
    const [segment] = await listSegments(ctx, { locale: "en" });
    return segment;
  };
  expect(await told()).toMatchObject({ size: null, refreshedAt: null });

  const refresh = () => countStatements(() => refreshSegment(asJob, id));
  const asked = await refresh();
  const few = (await told())?.size ?? 0;
  expect(few).toBe(await db.prisma.contact.count({ where: { organizationId } }));
  await db.prisma.$executeRaw`
    INSERT INTO contact (organization_id, id, zone, attributes, created_at, updated_at)
    SELECT ${organizationId}::uuid, uuid7(), NULL, '{"city": "Omsk"}', now(), now()
    FROM generate_series(1, ${PEOPLE})`;
  // The benchmark measures the time; this checks that no person costs a query of their own.
  expect(await refresh()).toBe(asked);
  const before = await told();
  expect(before).toMatchObject({ size: few + PEOPLE, refreshedAt: expect.any(Date) });

  expect((await screen(phone)).answer.verdict).toBe("allow");
  await refuse(phone);
  const { answer } = await screen(phone);
  expect(answer.verdict).toBe("refuse");
  // The segment has not been refreshed, so it still holds the person who opted out; the call is
  // refused anyway.
  expect(await told()).toEqual(before);
});
