package org.opensearch.ralm.integtest.stub;

import org.opensearch.plugins.ExtensiblePlugin;
import org.opensearch.plugins.Plugin;

/** The module {@code rule-framework}, as far as the security plugin needs one to extend: without a single rule. */
public final class RuleFramework extends Plugin implements ExtensiblePlugin {}
