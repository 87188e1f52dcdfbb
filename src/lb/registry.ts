import { azureStandard } from './azure/product.js';
import type { Product } from './product.js';

/** Every load balancer that the tool knows; a further product is one more line. */
export const PRODUCTS: readonly Product[] = [azureStandard];

/** Idle timeouts that nobody had to configure: what an observed timeout may be explained by. */
export function knownDefaults(): { readonly name: string; readonly seconds: number }[] {
  return PRODUCTS.flatMap(({ id, defaultSeconds }) =>
    defaultSeconds === null ? [] : [{ name: `${id} default`, seconds: defaultSeconds }],
  );
}
