import { EndpointId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { FormPage } from "@/components/form-page";
import { DialerForm, FileForm } from "@/features/do-not-call/endpoint/endpoint-forms";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("changeEndpoint");
  return { title: t("title") };
}

/** Changes the settings of a connected dialer. Its secret is never shown. */
export default async function ChangeEndpointPage({
  params,
}: PageProps<"/endpoints/[endpointId]/change">) {
  await requireMember("endpoint.change");
  const endpointId = EndpointId.safeParse((await params).endpointId).data ?? notFound();
  const endpoints = await api.endpoint.list();
  const endpoint = endpoints.find(({ id }) => id === endpointId) ?? notFound();
  if (endpoint.kind === "webhook") notFound();
  const [t, dialer] = await Promise.all([
    getTranslations("changeEndpoint"),
    loadOrNotFound(api.endpoint.dialer({ endpointId })),
  ]);
  return (
    <FormPage title={endpoint.name} note={t("note")}>
      <div className="max-w-[40rem]">
        {dialer.kind === "sftp" ? (
          <FileForm known={dialer} />
        ) : (
          <DialerForm kind={dialer.kind} known={dialer} />
        )}
      </div>
    </FormPage>
  );
}
