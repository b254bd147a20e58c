package org.opensearch.ralm.trainer.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
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
    private final List<HttpHost> hosts;
    private final BackOff backOff;

    private ClusterClient(RestClient client, List<HttpHost> hosts, BackOff backOff) {
        this.client = client;
        this.hosts = hosts;
        this.backOff = backOff;
    }

    /**
     * Connects to the nodes of one cluster.
     *
     * @param credentials {@code user:password}; empty for none
     * @param urls the nodes' HTTP addresses, {@code http://host:port}
     * @throws IllegalArgumentException if a URL or the credentials are not of their form
     */
    public static ClusterClient connect(Optional<String> credentials, URI... urls) {
        return connect(credentials, Optional.empty(), urls);
    }

    /**
     * The same for nodes whose certificates are signed by nobody whom the JDK trusts.
     *
     * @param authority a file of PEM certificates, which alone are trusted; empty for those that the JDK trusts
     * @throws IllegalArgumentException also if the file holds no certificate
     */
    public static ClusterClient connect(Optional<String> credentials, Optional<Path> authority, URI... urls) {
        return connect(BackOff.standard(), credentials, authority.map(Authority::trust), urls);
    }

    static ClusterClient connect(BackOff backOff, Optional<String> credentials, URI... urls) {
        return connect(backOff, credentials, Optional.empty(), urls);
    }

    private static ClusterClient connect(
            BackOff backOff, Optional<String> credentials, Optional<SSLContext> trust, URI... urls) {
        HttpHost[] hosts = Arrays.stream(urls).map(ClusterClient::host).toArray(HttpHost[]::new);
        Optional<BasicCredentialsProvider> provider = credentials.map(pair -> provider(pair, hosts));
        RestClientBuilder builder = RestClient.builder(hosts).setHttpClientConfigCallback(http -> {
            provider.ifPresent(http::setDefaultCredentialsProvider);
            trust.ifPresent(context -> http.setConnectionManager(connections(context)));
            return http;
        });
        return new ClusterClient(builder.build(), List.of(hosts), backOff);
    }

    /**
     * Asks without a body.
     *
     * @throws ClusterException if the cluster refuses or does not answer
     */
    public JsonNode request(String method, String path) {
        return send(new Request(method, path));
    }

    /**
     * Asks with a JSON body.
     *
     * @throws ClusterException if the cluster refuses or does not answer
     */
    public JsonNode request(String method, String path, JsonNode body) {
        Request request = new Request(method, path);
        request.setJsonEntity(body.toString());
        return send(request);
    }

    /** Whether something is there: a HEAD request that is answered with 200 and not with 404. */
    public boolean exists(String path) {
        Request request = new Request("HEAD", path);
        return status(backOff.call(() -> perform(request))) == 200;
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new ClusterException("closing the connection failed: " + e.getMessage(), 0, e);
        }
    }

    /**
     * Sends newline-delimited JSON once: for whoever counts refusals or must send again only a part.
     *
     * @throws ClusterException if the cluster refuses or does not answer
     */
    public JsonNode sendLinesOnce(String path, String lines) {
        return sendOnce(ofLines(path, lines));
    }

    /** Sends newline-delimited JSON. */
    JsonNode sendLines(String path, String lines) {
        return send(ofLines(path, lines));
    }

    /** How this client waits. */
    BackOff backOff() {
        return backOff;
    }

    private static Request ofLines(String path, String lines) {
        Request request = new Request("POST", path);
        request.setEntity(new StringEntity(lines, NDJSON));
        return request;
    }

    private JsonNode send(Request request) {
        return backOff.call(() -> sendOnce(request));
    }

    private JsonNode sendOnce(Request request) {
        Response response = perform(request);
        String body = body(response);
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ClusterException(
                    describe(request, response) + ", but not with JSON: " + shortened(body), status(response), e);
        }
    }

    private Response perform(Request request) {
        try {
            return client.performRequest(request);
        } catch (ResponseException e) {
            Response response = e.getResponse();
            throw new ClusterException(describe(request, response) + ": " + reason(response), status(response), e);
        } catch (IOException e) {
            throw new ClusterException(
                    request.getMethod() + " " + request.getEndpoint() + " got no answer from " + hosts + ": "
                            + e.getMessage(),
                    0,
                    e);
        }
    }

    private static String describe(Request request, Response response) {
        return request.getMethod() + " " + response.getHost() + request.getEndpoint() + " was answered with "
                + status(response);
    }

    private static int status(Response response) {
        return response.getStatusLine().getStatusCode();
    }

    private static String reason(Response response) {
        String body = body(response);
        try {
            JsonNode error = JSON.readTree(body).path("error");
            return error.isMissingNode() ? shortened(body) : ErrorReason.of(error);
        } catch (JsonProcessingException e) {
            return shortened(body);
        }
    }

    private static String body(Response response) {
        try {
            return response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
        } catch (IOException | ParseException e) {
            throw new ClusterException(
                    "the answer of " + response.getHost() + " cannot be read: " + e.getMessage(), status(response), e);
        }
    }

    private static String shortened(String body) {
        return body.length() > 500 ? body.substring(0, 500) + "…" : body;
    }

    private static HttpHost host(URI url) {
        boolean plain = ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && url.getUserInfo() == null
                && (url.getPath().isEmpty() || url.getPath().equals("/"))
                && url.getQuery() == null;
        if (plain == false) {
            throw new IllegalArgumentException(
                    "the URL of a cluster must be http://host:port or https://host:port without anything else, but is "
                            + url.toString().replaceFirst("//[^/]*@", "//…@"));
        }
        return new HttpHost(url.getScheme(), url.getHost(), url.getPort());
    }

    /** As many connections as the client has by itself. */
    private static AsyncClientConnectionManager connections(SSLContext trust) {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setTlsStrategy(new DefaultClientTlsStrategy(trust))
                .setMaxConnPerRoute(RestClientBuilder.DEFAULT_MAX_CONN_PER_ROUTE)
                .setMaxConnTotal(RestClientBuilder.DEFAULT_MAX_CONN_TOTAL)
                .build();
    }

    private static BasicCredentialsProvider provider(String pair, HttpHost[] hosts) {
        int colon = pair.indexOf(':');
        if (colon < 1) {
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
