import type { RootContext } from "@ringfence/services/context";
import { daysAgo } from "./example-phones";

export async function makeRegistries({ db, organizationId }: RootContext) {
  const registries = [
    {
      code: "US-FTC-DNC",
      name: "US National Do Not Call",
      maxAgeDays: 31,
      age: 1,
      listed: 249_310_442,
    },
    { code: "US-TX-DNC", name: "Texas No-Call List", maxAgeDays: 60, age: 63.9, listed: 1_204_116 },
    {
      code: "GB-TPS",
      name: "UK Telephone Preference Service",
      maxAgeDays: 28,
      age: 24,
      listed: 16_480_201,
    },
  ];
  for (const { age, ...registry } of registries) {
    const { id } = await db.prisma.registry.create({
      data: {
        organizationId,
        ...registry,
        format: { reader: "us-dnc" },
        source: { kind: "folder", path: registry.code },
        edition: 12,
        verifiedAt: daysAgo(age),
        // In the future, so that no sweep reads the registries during a test: there is nothing to read.
        sweptAt: daysAgo(-2),
      },
    });
    await db.prisma.registryEdition.create({
      data: {
        organizationId,
        registryId: id,
        number: 12,
        status: "applied",
        kind: "full",
        sha256: "0".repeat(64),
        revision: 1,
        lines: registry.listed,
        bytes: 0,
        listed: registry.listed,
        added: 0,
        removed: 0,
        readAt: daysAgo(age),
      },
    });
    if (registry.code !== "US-TX-DNC") continue;
    await db.prisma.run.create({
      data: {
        organizationId,
        job: "registry.sync",
        subjectId: id,
        status: "failed",
        error: { key: "run.gave-up", values: { attempts: 3 } },
        createdAt: daysAgo(0.3),
        endedAt: daysAgo(0.29),
      },
    });
  }
}
