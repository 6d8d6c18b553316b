import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { PublicFrame } from "@/components/public-frame";
import { inAskedLanguage } from "@/server/asked-language";
import { publicOrganizations } from "@/server/public-stop";
import { safePath } from "@/server/safe-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("stop");
  return { title: { absolute: t("title") } };
}

/** Who calls? Where one organization alone uses this house, that is no question. */
export default async function StopPage() {
  const [t, organizations] = [await getTranslations("stop"), await publicOrganizations()];
  const [first, ...others] = organizations;
  if (first && others.length === 0) redirect(safePath(await pathOf(first.address)));
  const named = await Promise.all(
    organizations.map(async ({ name, address }) => ({ name, path: await pathOf(address) })),
  );
  return (
    <PublicFrame seller="Ringfence" title={t("title")} hasLanguages>
      <p>{t("who")}</p>
      <ul>
        {named.map(({ name, path }) => (
          <li key={path} className="border-b border-line">
            <a href={path} className="block py-3">
              {name}
            </a>
          </li>
        ))}
      </ul>
    </PublicFrame>
  );
}

const pathOf = (address: string) => inAskedLanguage(`/stop/${address}`);
