package org.opensearch.ralm.trainer.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.opensearch.client.Request;
import org.opensearch.client.Response;
import org.opensearch.client.ResponseException;
import org.opensearch.client.RestClient;
import org.opensearch.client.RestClientBuilder;

/** JSON over HTTP to a cluster; tries again with back-off what may pass. Safe for use by several threads. */
public final class ClusterClient implements AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final ContentType NDJSON = ContentType.create("application/x-ndjson");

    private final RestClient client;
    private final BackOff backOff;

    private ClusterClient(RestClient client, BackOff backOff) {
        this.client = client;
        this.backOff = backOff;
    }

    /**
     * Connects to the nodes of one cluster.
     *
     * @param credentials {@code user:password}; empty for none
     * @param urls the nodes' HTTP addresses
     */
    public static ClusterClient connect(Optional<String> credentials, URI... urls) {
        HttpHost[] hosts = Arrays.stream(urls)
                .map(url -> new HttpHost(url.getScheme(), url.getHost(), url.getPort()))
                .toArray(HttpHost[]::new);
        RestClientBuilder builder = RestClient.builder(hosts);
        credentials.ifPresent(pair -> builder.setHttpClientConfigCallback(
                http -> http.setDefaultCredentialsProvider(credentials(pair, hosts))));
        return new ClusterClient(builder.build(), BackOff.standard());
    }

    /** Asks without a body. */
    public JsonNode request(String method, String path) {
        return send(new Request(method, path));
    }

    /** Asks with a JSON body. */
    public JsonNode request(String method, String path, JsonNode body) {
        Request request = new Request(method, path);
        request.setJsonEntity(body.toString());
        return send(request);
    }

    /** Sends newline-delimited JSON. */
    JsonNode sendLines(String path, String lines) {
        Request request = new Request("POST", path);
        request.setEntity(new StringEntity(lines, NDJSON));
        return send(request);
    }

    /** Whether something is there: a HEAD request that is answered with 200 and not with 404. */
    public boolean exists(String path) {
        return backOff.call(() -> {
            try {
                return client.performRequest(new Request("HEAD", path))
                                .getStatusLine()
                                .getStatusCode()
                        == 200;
            } catch (IOException e) {
                throw fault("HEAD", path, e);
            }
        });
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new ClusterException("closing the connection failed: " + e.getMessage(), 0, e);
        }
    }

    private JsonNode send(Request request) {
        return backOff.call(() -> {
            try {
                return parse(client.performRequest(request));
            } catch (IOException e) {
                throw fault(request.getMethod(), request.getEndpoint(), e);
            }
        });
    }

    private static JsonNode parse(Response response) throws IOException {
        try {
            return JSON.readTree(EntityUtils.toString(response.getEntity()));
        } catch (ParseException e) {
            throw new IOException(e);
        }
    }

    private static ClusterException fault(String method, String path, IOException cause) {
        if (cause instanceof ResponseException refused) {
            int status = refused.getResponse().getStatusLine().getStatusCode();
            return new ClusterException(
                    method + " " + path + " was answered with " + status + ": " + reason(refused), status, cause);
        }
        return new ClusterException(method + " " + path + " got no answer: " + cause.getMessage(), 0, cause);
    }

    private static String reason(ResponseException refused) {
        String body = refused.getMessage().substring(refused.getMessage().indexOf('\n') + 1);
        try {
            JsonNode error = JSON.readTree(body).path("error");
            return error.path("reason").asText(error.isTextual() ? error.asText() : body);
        } catch (JsonProcessingException e) {
            return body;
        }
    }

    private static BasicCredentialsProvider credentials(String pair, HttpHost[] hosts) {
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("credentials must be given as user:password");
        }
        UsernamePasswordCredentials credentials = new UsernamePasswordCredentials(
                pair.substring(0, colon), pair.substring(colon + 1).toCharArray());
        BasicCredentialsProvider provider = new BasicCredentialsProvider();
        for (HttpHost host : hosts) {
            provider.setCredentials(new AuthScope(host), credentials);
        }
        return provider;
    }
}
