import { OrganizationId } from "@ringfence/core/ids";
import { FoundOrganization } from "@ringfence/core/account/organization";
import type { Installation } from "@ringfence/services/context";
import { hashPassword } from "@ringfence/services/account/member";
import { createFoundingContext, foundOrganization } from "@ringfence/services/account/organization";
import { type DemoMember, demoMembers } from "./members.ts";

const organizationId = OrganizationId.parse("01980000-0000-7000-8000-000000000002");
const members = demoMembers(["owner"], "blank.example");

/**
 * Makes an organization as `pnpm found` does, without any data, so that pages show their empty
 * states.
 */
export async function seedBlank(installation: Installation): Promise<{ members: DemoMember[] }> {
  const { prisma } = installation.db;
  const isThere = (await prisma.organization.count({ where: { id: organizationId } })) > 0;
  const [owner] = members;
  if (!isThere && owner !== undefined) {
    const founding = FoundOrganization.parse({
      name: "Blank",
      homeRegion: "US",
      zone: "UTC",
      locale: "en",
      seller: { name: "Blank" },
      owner: { name: "Owner", email: owner.email },
    });
    await foundOrganization(await createFoundingContext(installation, organizationId), founding);
    await prisma.member.updateMany({
      where: { organizationId },
      data: { passwordHash: await hashPassword(owner.password), hasFirstPassword: false },
    });
  }
  return { members };
}
