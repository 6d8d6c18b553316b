/** Stands in for the request of Next: what its functions read of it. Tests set the cookies. */
export const request = { cookies: new Map<string, string>(), anyCookie: null as string | null };

/** Replaces `next/headers`. */
export const nextHeaders = {
  cookies: async () => ({
    get: (name: string) => {
      const value = request.cookies.get(name) ?? request.anyCookie;
      return value === null ? undefined : { value };
    },
    set: () => {},
    delete: () => {},
  }),
  headers: async () => new Headers(),
};

/** Replaces `next-intl/server`, with the English texts. */
export async function createNextIntl() {
  const { createFormatter, createTranslator } = await import("next-intl");
  const { default: messages } = await import("../messages/en.json");
  const locale = "en";
  return {
    getFormatter: async () => createFormatter({ locale, timeZone: "UTC" }),
    getLocale: async () => locale,
    getTranslations: async (namespace: never) => createTranslator({ locale, messages, namespace }),
  };
}
