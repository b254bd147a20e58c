package org.opensearch.ralm.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTests {

    private static final String TENSOR = "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}";

    @Test
    void tensorsOfAnyRankComeBack() {
        Map<String, Tensor> tensors = Map.of(
                "scalar",
                new Tensor(new int[0], new float[] {1}),
                "empty",
                new Tensor(new int[] {3, 0}, new float[0]),
                "vector",
                Tensor.vector(-0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN),
                "übung \"x\"",
                Tensor.matrix(2, 3, new float[] {1, 2, 3, 4, 5, 6}));

        assertEquals(tensors, Safetensors.read(Safetensors.write(tensors)));
    }

    @Test
    void theOrderTensorsAreGivenInDoesNotShowInTheBytes() {
        Map<String, Tensor> forward = new LinkedHashMap<>();
        forward.put("a", Tensor.vector(1));
        forward.put("b", Tensor.vector(2));
        Map<String, Tensor> backward = new LinkedHashMap<>();
        backward.put("b", Tensor.vector(2));
        backward.put("a", Tensor.vector(1));

        assertArrayEquals(Safetensors.write(forward), Safetensors.write(backward));
    }

    @Test
    void theBytesAreThoseOfTheFormat() {
        byte[] bytes = Safetensors.write(Map.of("a", Tensor.vector(1, -2)));
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) buffer.getLong();

        assertEquals(0, header % 8);
        assertEquals(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                new String(bytes, 8, header, StandardCharsets.UTF_8).trim());
        assertEquals(1f, buffer.getFloat(8 + header));
        assertEquals(-2f, buffer.getFloat(12 + header));
        assertEquals(bytes.length, 16 + header);
    }

    @Test
    void metadataAndTheOrderOfTheDataAreLeftToTheWriter() {
        byte[] bytes = container(
                "{'__metadata__':{'by':'torch'},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]},"
                        + "'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}",
                8);

        assertEquals(Map.of("a", Tensor.vector(0), "b", Tensor.vector(0)), Safetensors.read(bytes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'dtype':'F16','shape':[2],'data_offsets':[0,8] | has dtype [\"F16\"], expected [\"F32\"]",
                "'dtype':32,'shape':[2],'data_offsets':[0,8] | has dtype [32], expected [\"F32\"]",
                "'shape':[2],'data_offsets':[0,8] | has dtype [], expected [\"F32\"]",
                "'dtype':'F32','data_offsets':[0,8] | has shape , expected an array of at most 8 sizes",
                "'dtype':'F32','shape':2,'data_offsets':[0,8] | has shape 2, expected an array of at most 8 sizes",
                "'dtype':'F32','shape':[1,1,1,1,1,1,1,1,2],'data_offsets':[0,8] | has shape [1,1,1,1,1,1,1,1,2], expected an array of at most 8 sizes",
                "'dtype':'F32','shape':[-2],'data_offsets':[0,8] | has shape [-2], expected non-negative integers",
                "'dtype':'F32','shape':[2.0],'data_offsets':[0,8] | has shape [2.0], expected non-negative integers",
                "'dtype':'F32','shape':[2147483648],'data_offsets':[0,8] | has shape [2147483648], expected non-negative integers",
                "'dtype':'F32','shape':[2147483647,2],'data_offsets':[0,8] | is larger than this reader takes",
                "'dtype':'F32','shape':[3],'data_offsets':[0,8] | has 8 bytes, but its shape needs 12",
                "'dtype':'F32','shape':[2] | has data_offsets , expected two integers from 0 to 8, the first not above the second",
                "'dtype':'F32','shape':[2],'data_offsets':[0] | has data_offsets [0], expected two integers from 0 to 8, the first not above the second",
                "'dtype':'F32','shape':[2],'data_offsets':[0,8,8] | has data_offsets [0,8,8], expected two integers from 0 to 8, the first not above the second",
                "'dtype':'F32','shape':[2],'data_offsets':['0',8] | has data_offsets [\"0\",8], expected two integers from 0 to 8, the first not above the second",
                "'dtype':'F32','shape':[2],'data_offsets':[0,8.5] | has data_offsets [0,8.5], expected two integers from 0 to 8, the first not above the second",
                "'dtype':'F32','shape':[2],'data_offsets':[-8,0] | has data_offsets [-8,0], expected two integers from 0 to 8, the first not above the second",
                "'dtype':'F32','shape':[2],'data_offsets':[8,0] | has data_offsets [8,0], expected two integers from 0 to 8, the first not above the second",
                "'dtype':'F32','shape':[2],'data_offsets':[8,16] | has data_offsets [8,16], expected two integers from 0 to 8, the first not above the second",
                "'dtype':'F32','shape':[2],'data_offsets':[0,18446744073709551624] | has data_offsets [0,18446744073709551624], expected two integers from 0 to 8, the first not above the second",
            })
    void aFaultyDescriptionIsNamed(String description, String fault) {
        assertRefused("weights: tensor [a] " + fault, container("{'a':{" + description + "}}", 8));
    }

    @Test
    void tensorsThatShareBytesAreRefused() {
        byte[] bytes = container(
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
                        + "'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}",
                12);

        assertRefused("weights: tensor [b] begins at byte 4 of the data, but the one before it ends at byte 8", bytes);
    }

    @Test
    void bytesThatBelongToNoTensorAreRefused() {
        assertRefused(
                "weights: tensor [a] begins at byte 4 of the data, but the one before it ends at byte 0",
                container("{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}", 8));
        assertRefused("weights: the tensors end at byte 8 of 12 bytes of data", container(TENSOR, 12));
    }

    @Test
    void aDuplicateTensorIsRefused() {
        String header = "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
                + "'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}";

        assertRefused("weights: the header is not valid JSON: Duplicate field 'a'", container(header, 8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "", "3", "null"})
    void aHeaderThatIsNoObjectIsRefused(String header) {
        assertRefused("weights: the header must be a JSON object", container(header, 8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{'a'}", TENSOR + "}", TENSOR + TENSOR})
    void aHeaderThatIsNotJsonIsRefused(String header) {
        Exception e = assertThrows(InvalidArtifactException.class, () -> Safetensors.read(container(header, 8)));

        assertTrue(e.getMessage().startsWith("weights: the header is not valid JSON: "), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"57, 57", "1048577, 1048577", "-1, 18446744073709551615", "9223372036854775807, 9223372036854775807"})
    void aHeaderThatDoesNotFitTheFileIsRefused(long length, String shown) {
        byte[] bytes = container(TENSOR, 0);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);

        assertRefused(
                "weights: a header of " + shown + " bytes does not fit a safetensors file of " + bytes.length
                        + " bytes (at most 1048576)",
                bytes);
    }

    @Test
    void aFileShorterThanTheLengthOfItsHeaderIsRefused() {
        assertRefused(
                "weights: 7 bytes are too few for a safetensors file, which begins with the 8 bytes of its header's"
                        + " length",
                new byte[7]);
    }

    /** A container of a header, with single quotes for double ones, and zeros as data. */
    private static byte[] container(String header, int data) {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    private static void assertRefused(String message, byte[] bytes) {
        assertEquals(
                message,
                assertThrows(InvalidArtifactException.class, () -> Safetensors.read(bytes))
                        .getMessage());
    }
}
