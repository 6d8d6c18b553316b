/**
 * Passes data on while access is allowed. It checks before each piece, so that a slow reader does not
 * keep reading after access was revoked. The stream then breaks off with an error.
 */
export const whileAllowed = (isAllowed: () => Promise<boolean>) =>
  new TransformStream<Uint8Array, Uint8Array>({
    async transform(piece, controller) {
      if (await isAllowed()) controller.enqueue(piece);
      else controller.error(new Error("the member may no longer read this"));
    },
  });
