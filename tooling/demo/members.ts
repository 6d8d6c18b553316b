import type { Role } from "@ringfence/core/platform/access";
import { hashPassword } from "@ringfence/services/account/member";

/**
 * Public on purpose: demo data is only loaded into the embedded database, which listens on
 * 127.0.0.1.
 */
const password = "ringfence demo";

/** Sign-in data of a member. */
export type DemoMember = { role: Role; email: string; password: string };

/** One member of each role, at `<role>@<domain>`. */
export const demoMembers = (roles: readonly Role[], domain: string): DemoMember[] =>
  roles.map((role) => ({ role, email: `${role}@${domain}`, password }));

/** Makes the rows of the members, with their passwords hashed. */
export const makeMemberRows = (members: readonly DemoMember[]) =>
  Promise.all(
    members.map(async ({ role, email, password }) => {
      const name = `${role[0]?.toUpperCase()}${role.slice(1)}`;
      return { role, email, name, passwordHash: await hashPassword(password) };
    }),
  );
