import type { Installation } from "@ringfence/services/context";
import { OrganizationId } from "@ringfence/core/ids";
import { CreateOrganization } from "@ringfence/core/account/organization";
import { hashPassword } from "@ringfence/services/account/member";
import {
  createFoundingContext,
  createOrganization,
} from "@ringfence/services/account/organization";
import { type DemoMember, demoMembers } from "./members.ts";
import { seed } from "./seed.ts";

export type Scenario = {
  says: string;
  load: (
    installation: Installation,
    apiSecret: Uint8Array,
  ) => Promise<{ members: readonly DemoMember[] }>;
};

/** Scenarios of `pnpm seed`, by name. Loading one again changes nothing. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  demo: {
    says: "a bank with its people, consents, refusals and calls: what npm start loads, without its year",
    load: seed,
  },
  blank: {
    says: "an organization that has not begun, with its owner",
    load: seedBlank,
  },
};

const blankId = OrganizationId.parse("01980000-0000-7000-8000-000000000002");
const blankMembers = demoMembers(["owner"], "blank.example");

/**
 * Makes an organization as `pnpm found` does, without any data, so that pages show their empty
 * states.
 */
async function seedBlank(installation: Installation): Promise<{ members: DemoMember[] }> {
  const { prisma } = installation.db;
  const isThere = (await prisma.organization.count({ where: { id: blankId } })) > 0;
  const [owner] = blankMembers;
  if (!isThere && owner !== undefined) {
    const founding = CreateOrganization.parse({
      name: "Blank",
      homeRegion: "US",
      zone: "UTC",
      locale: "en",
      seller: { name: "Blank" },
      owner: { name: "Owner", email: owner.email },
    });
    await createOrganization(await createFoundingContext(installation, blankId), founding);
    await prisma.member.updateMany({
      where: { organizationId: blankId },
      data: { passwordHash: await hashPassword(owner.password), hasFirstPassword: false },
    });
  }
  return { members: blankMembers };
}
