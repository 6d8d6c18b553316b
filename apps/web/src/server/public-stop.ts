import "server-only";
import {
  openReceiptLink,
  openStopLink,
  openPublicPage,
  listPublicOrganizations,
} from "@ringfence/services/do-not-call/stop-page";
import { redirect } from "next/navigation";
import { connection } from "next/server";
import { cache } from "react";
import { inAskedLanguage } from "./asked-language";
import { installation } from "./db";
import { orNotFound } from "./public-form";
import { safePath } from "./safe-path";

/** On behalf of anybody who opens a page of an organization. */
export const visiting = cache((address: string) =>
  orNotFound(() => openPublicPage(installation(), address, "stop")),
);

/** On behalf of the person whose link it is. */
export const refusing = cache((link: string) =>
  orNotFound(() => openStopLink(installation(), link)),
);

/** On behalf of the person who has a receipt. */
export const keeping = cache((receipt: string) =>
  orNotFound(() => openReceiptLink(installation(), receipt)),
);

/** The organizations of this house, each at its page; where there is one alone, the person is sent there. */
export async function organizationsAt(base: "/stop" | "/my") {
  await connection(); // not while pages are built: then there is no database
  const organizations = await Promise.all(
    (await listPublicOrganizations(installation())).map(async ({ name, address }) => ({
      name,
      path: await inAskedLanguage(`${base}/${address}`),
    })),
  );
  const [only, ...others] = organizations;
  if (only && others.length === 0) redirect(safePath(only.path));
  return organizations;
}
