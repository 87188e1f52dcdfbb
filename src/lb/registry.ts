import { azureStandard } from './azure/product.js';
import type { Product } from './product.js';

/** Every load balancer that the tool knows; a further product is one more line. */
export const PRODUCTS: readonly Product[] = [azureStandard];
