package org.opensearch.ralm.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Murmur3Tests {

    /** Values published with the algorithm and by other implementations of it. */
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "hello, 248bfa47",
        "'hello, world', 149bbb7f",
        "test, ba6bd213",
        "'Hello, world!', c0363e43",
        "'19 Jan 2038 at 3:14:07 AM', e31e8a70",
        "The quick brown fox jumps over the lazy dog, 2e4ff723",
        "The quick brown fox jumps over the lazy dog., d5c48bfc",
    })
    void hashesAreThePublishedOnes(String text, String expected) {
        assertEquals(Integer.parseUnsignedInt(expected, 16), Murmur3.hash(text.getBytes(StandardCharsets.UTF_8)), text);
    }

    @Test
    void aShareIsTheUnsignedHashModuloTheirNumber() {
        assertEquals((int) (0xc0363e43L % 1000), Murmur3.share("Hello, world!", 1000));
        assertEquals(0, Murmur3.share("Hello, world!", 1));
    }
}
