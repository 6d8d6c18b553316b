import { access } from "node:fs/promises";
import path from "node:path";
import { OrganizationId } from "@ringfence/core/ids";
import { selectPrivateHosts } from "@ringfence/core/platform/settings";
import type { Db } from "@ringfence/db";
import { isFirstOrganization } from "@ringfence/services/account/organization";
import { z } from "zod";
import type { SourceSettings } from "./publication.ts";

const OfOrganization = z.object({ organizationId: OrganizationId });

/**
 * Narrows what the operator allowed to what belongs to the organization of a job: its own folder, named after its id,
 * and its own private hosts. The first organization gets the operator's whole folder, unless it has one of its own. A
 * job of no organization reaches nothing.
 */
export async function narrowSources(
  db: Db,
  sources: SourceSettings,
  payload: unknown,
): Promise<SourceSettings> {
  const job = OfOrganization.safeParse(payload);
  if (!job.success) return { ...sources, privateHosts: [], registriesFolder: null };
  const { organizationId } = job.data;
  if (sources.privateHosts.length === 0 && sources.registriesFolder === null) return sources;

  const isFirst = await isFirstOrganization(db, organizationId);
  const ownFolder = sources.registriesFolder && path.join(sources.registriesFolder, organizationId);
  return {
    ...sources,
    privateHosts: selectPrivateHosts(sources.privateHosts, { organizationId, isFirst }),
    registriesFolder:
      isFirst && ownFolder && !(await isThere(ownFolder)) ? sources.registriesFolder : ownFolder,
  };
}

const isThere = (folder: string) =>
  access(folder).then(
    () => true,
    () => false,
  );
