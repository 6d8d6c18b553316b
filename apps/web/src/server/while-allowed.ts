/**
 * Sends on what is read for as long as it may be: it is asked before each piece, so that who reads slowly
 * does not go on reading after leave was taken from them. What was promised then breaks off.
 */
export const whileAllowed = (isAllowed: () => Promise<boolean>) =>
  new TransformStream<Uint8Array, Uint8Array>({
    async transform(piece, controller) {
      if (await isAllowed()) controller.enqueue(piece);
      else controller.error(new Error("leave to read on was taken away"));
    },
  });
