import type { Role } from "@ringfence/core/platform/access";
import { hashPassword } from "@ringfence/services/account/member";

/** In the open: what has it loads into the embedded database alone, which listens on 127.0.0.1. */
const password = "ringfence demo";

/** How one signs in. */
export type DemoMember = { role: Role; email: string; password: string };

/** One of each role, at `<role>@<domain>`. */
export const demoMembers = (roles: readonly Role[], domain: string): DemoMember[] =>
  roles.map((role) => ({ role, email: `${role}@${domain}`, password }));

/** The same as rows of the table. */
export const memberRows = (members: readonly DemoMember[]) =>
  Promise.all(
    members.map(async ({ role, email, password }) => {
      const name = `${role[0]?.toUpperCase()}${role.slice(1)}`;
      return { role, email, name, passwordHash: await hashPassword(password) };
    }),
  );
