import type { Db } from "@ringfence/db";
import { type DemoMember, demoMembers, memberRows } from "./members.ts";

const organizationId = "01980000-0000-7000-8000-000000000002";
const members = demoMembers(["owner"], "blank.example");

/** An organization that has not begun: every page shows its empty state. */
export async function seedBlank({
  prisma,
}: Pick<Db, "prisma">): Promise<{ members: DemoMember[] }> {
  const data = { id: organizationId, name: "Blank", homeRegion: "US" };
  if ((await prisma.organization.count({ where: { id: organizationId } })) === 0) {
    await prisma.organization.create({
      data: { ...data, members: { create: await memberRows(members) } },
    });
  }
  return { members };
}
