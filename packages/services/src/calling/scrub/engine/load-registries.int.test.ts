import { aNumber, aPhone } from "@ringfence/db/testing";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { aRegistryWithHistory } from "../../../../testing/registry-history.ts";
import { db } from "../../../../testing/scenes.ts";
import { aScrubbingOrganization } from "../../../../testing/scrubs.ts";
import { screenBatch } from "../../screening/index.ts";

const ofRegistry = (reasons: readonly string[]) =>
  reasons.filter((reason) => reason.startsWith("registry")).join(" ");

it("lists numbers that the registry answered as listed, and not those nobody asked about", async () => {
  const { ctx, scrub } = await aScrubbingOrganization();
  const { organizationId } = ctx;
  const phones = [aNumber(), aNumber(), aNumber(), aNumber()];
  const readAt = new Date(Date.now() - 3_600_000);
  const numbers = phones.map((phone) => Number(phone.slice(1)));
  await aRegistryWithHistory(ctx, "US-FTC-DNC", [{ readAt, numbers: [] }]);
  // In the order of `phones`: listed, asked without an answer, free but outdated, never asked about.
  const registryId = await aRegistryWithHistory(ctx, "asked", [{ readAt, numbers }], {
    source: { kind: "au-washing" },
  });
  const asked = { organizationId, registryId, phoneIds: [], status: "answered", askedAt: readAt };
  const { id: askId } = await db.prisma.registryAsk.create({ data: asked });
  for (const [index, said] of ["listed", "invalid", "free"].entries()) {
    const phoneId = await aPhone(db, organizationId, {
      e164: phones[index] ?? aNumber(),
      addressRegion: "US-DC",
    });
    const at = { firstAt: readAt, answeredAt: readAt };
    await db.prisma.registryAnswer.create({
      data: { organizationId, registryId, phoneId, askId, said, ...at },
    });
  }
  const told = ["registry-listed", ...Array.from({ length: 3 }, () => "registry-unchecked")];

  const call = { seller: "acme", purpose: "marketing.loans" };
  const { result } = await scrub(["phone", ...phones].join("\n"), {
    ...call,
    dialer: "live_agent",
  });
  const rows: { reasons: string }[] = parse(result, { columns: true });
  expect(rows.map(({ reasons }) => ofRegistry(reasons.split(" ")))).toEqual(told);

  for (const at of [undefined, new Date(Date.now() - 60_000)]) {
    const { results } = await screenBatch(ctx, {
      defaults: { ...call, at },
      items: phones.map((phone) => ({ phone })),
    });
    const ours = results.map(({ refusals }) =>
      refusals.filter(({ registry }) => registry === "asked"),
    );
    expect(ours.map((all) => ofRegistry(all.map(({ reason }) => reason)))).toEqual(told);
  }
});
